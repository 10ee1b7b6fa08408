"""The findings of a condition's findings.yaml -> Finding, checked against its columns and readings."""

from __future__ import annotations

from decimal import Decimal

from consensus.definitions.amount import Amount, NotAnAmountError, exactly, parse_amount
from consensus.definitions.column import Column, baseline_of
from consensus.definitions.finding import (
    MISSING_RULES,
    SINCE,
    Above,
    Always,
    Appears,
    AtMost,
    Below,
    Differs,
    Finding,
    Increases,
    MissingRule,
    OneOf,
    Over,
    Reaches,
    RisesBy,
    Since,
    Test,
    baseline_columns_of,
)
from consensus.definitions.reading import range_of
from consensus.definitions.readings import ANY
from consensus.definitions.yaml_file import Place
from questionnaires.instrument import Labels

TEST_KEYS = ("above", "at_least", "below", "at_most", "in", "increases", "rises_by", "differs", "appears", "always")
FINDING_KEYS = ("says", "at", "column", "columns", "by", "within", "missing", *TEST_KEYS)
OF_NUMBERS = ("above", "at_least", "below", "at_most", "increases", "rises_by")
MOMENTS = ("session", "baseline")


class FindingReader:
    """Reads the findings of a file against its columns and readings."""

    def __init__(
        self,
        sessions: dict[str, Column],
        patients: dict[str, Column],
        readings: dict[str, tuple[tuple[str, Labels], ...]],
    ) -> None:
        self.sessions, self.patients, self.readings = sessions, patients, readings
        self.columns = sessions

    def finding(self, name: str, place: Place) -> Finding:
        """Return the finding at a place of the file; faults are collected."""
        by_place = place.mapping().get("by")
        values = self._values(by_place) if by_place is not None else ()
        keys = place.mapping((*FINDING_KEYS, *values))
        by = by_place.text() if by_place is not None else None
        baseline = "at" in keys and keys["at"].word(MOMENTS, "a moment") == "baseline"
        self.columns = self.patients if baseline else self.sessions
        if by_place is not None:
            for value in values:
                if value not in keys:
                    place.fault(f'no test for {by}="{value}"', f'a key "{value}" with a test')
            tests = [(value, self._test(keys[value])) for value in values if value in keys]
        else:
            by, tests = self._single(place, keys)
        self._check_baseline(place, [test for _, test in tests])
        rule, missing_by = self._missing(keys.get("missing"), [test for _, test in tests])
        return Finding(
            name=name,
            says=keys["says"].labels() if "says" in keys else Labels((("default", name),)),
            tests=tuple(tests),
            by=by,
            within=self._within(keys["within"]) if "within" in keys else None,
            missing=rule,
            missing_by=missing_by,
            at="baseline" if baseline else "session",
        )

    def _single(self, place: Place, keys: dict[str, Place]) -> tuple[str | None, list[tuple[str, Test]]]:
        """One test without `by`; `appears: {by: READING}` is short for one appearance a value of that reading."""
        appears = keys.get("appears")
        if appears is None or not appears.is_mapping:
            return None, [("", self._test(place, keys))]
        by_place = appears.mapping(("by",), ("by",)).get("by")
        values = self._values(by_place) if by_place is not None else ()
        columns = self._state_columns(place, keys)
        tests: list[tuple[str, Test]] = []
        for value in values:
            since = next((known for known in SINCE if known == value), None)
            if since is None:
                appears.fault(f'"{value}" is not a way to appear', "readings with values of: " + ", ".join(SINCE))
            else:
                tests.append((value, Appears(columns=columns, since=since)))
        return by_place.text() if by_place is not None else None, tests

    def _values(self, place: Place) -> tuple[str, ...]:
        name = place.word(self.readings, "a reading of this file")
        return tuple(value for value, _ in self.readings.get(name, ()))

    def _within(self, place: Place) -> str:
        values = self._values(place)
        wrong = [value for value in values if value != ANY and range_of(value) is None]
        if wrong:
            place.fault(f'the value "{wrong[0]}" of {place.text()} is no window', f"{ANY}, or days such as 28-92")
        if not any(column.assessed for column in self.sessions.values()):
            place.fault("there is no date to hold a window against", "a column with role: assessed")
        return place.text()

    def _missing(self, place: Place | None, tests: list[Test]) -> tuple[MissingRule, str | None]:
        if place is None:
            return "unknown", None
        by_place = place.mapping(("by",), ("by",)).get("by") if place.is_mapping else None
        values = self._values(by_place) if by_place is not None else (place.text(),)
        for value in values:
            if value not in MISSING_RULES:
                place.word(MISSING_RULES, "a rule for what is missing") if by_place is None else by_place.fault(
                    f'"{value}" is not a rule for what is missing', "one of: " + ", ".join(MISSING_RULES)
                )
            elif value == "lasting" and not all(isinstance(test, Appears) for test in tests):
                place.fault('"lasting" is a rule of states', "it only beside appears")
        if by_place is not None:
            return "unknown", by_place.text()
        return next((rule for rule in MISSING_RULES if rule == values[0]), "unknown"), None

    def _check_baseline(self, place: Place, tests: list[Test]) -> None:
        for name in dict.fromkeys(baseline_of(c) for test in tests for c in baseline_columns_of(test) if c):
            if name not in self.patients:
                place.fault(f'"{name}" is not a column of patients', "the state before the first session to be one")

    def _test(self, place: Place, keys: dict[str, Place] | None = None) -> Test:
        keys = place.mapping(("column", "columns", *TEST_KEYS)) if keys is None else keys
        named = [key for key in TEST_KEYS if key in keys]
        if len(named) != 1:
            got = f"both {named[0]} and {named[1]}" if named else "no test"
            place.fault(f"there is {got}", "one of: " + ", ".join(TEST_KEYS))
            return Always()
        kind, value = named[0], keys[named[0]]
        if kind == "always":
            value.flag()
            return Always()
        if kind == "appears":
            since = value.word(SINCE, "a way to appear")
            known: Since = next((s for s in SINCE if s == since), "new_since_baseline")
            return Appears(columns=self._state_columns(place, keys), since=known)
        column = self._column(place, keys)
        return _test_of(kind, value, column) if column is not None else Always()

    def _column(self, place: Place, keys: dict[str, Place]) -> Column | None:
        if "column" not in keys:
            place.fault('the key "column" is missing')
            return None
        sheet = "patients" if self.columns is self.patients else "sessions"
        return self.columns.get(keys["column"].word(self.columns, f"a column of {sheet}"))

    def _state_columns(self, place: Place, keys: dict[str, Place]) -> tuple[str, ...]:
        if "columns" not in keys:
            column = self._column(place, keys)
            return () if column is None else (column.name,)
        places = keys["columns"].sequence()
        return tuple(p.word(self.sessions, "a column of sessions") for p in places)


def _test_of(kind: str, value: Place, column: Column) -> Test:
    if kind in OF_NUMBERS and column.type not in ("integer", "number"):
        value.fault(f'"{kind}" compares numbers, but {column.name} is of type {column.type}')
    match kind:
        case "above":
            return Above(column=column.name, limit=_limit(value))
        case "at_least":
            return Reaches(column=column.name, limit=_limit(value))
        case "below":
            return Below(column=column.name, limit=_limit(value))
        case "at_most":
            return AtMost(column=column.name, limit=_limit(value))
        case "in":
            return OneOf(column=column.name, values=tuple(_member(p, column) for p in value.sequence()))
        case "increases":
            value.word(("from_previous",), "known here")
            return Increases(column=column.name)
        case "rises_by":
            return _rise(value, column)
        case _:
            value.word(("from_previous",), "known here")
            return Differs(column=column.name)


def _rise(place: Place, column: Column) -> RisesBy:
    keys = place.mapping(("percent", "amount", "over", "strictly"), ("over",))
    if ("percent" in keys) == ("amount" in keys):
        place.fault("it rises by a percentage or by an amount", "one of: percent, amount")
    percent = keys["percent"].number() if "percent" in keys else None
    over: Over = (
        "previous"
        if "over" in keys and keys["over"].word(("baseline", "previous"), "known here") == "previous"
        else "baseline"
    )
    return RisesBy(
        column=column.name,
        percent=percent or Decimal(0),
        over=over,
        strictly="strictly" in keys and keys["strictly"].flag(),
        amount=_limit(keys["amount"]) if "amount" in keys else None,
    )


def _limit(place: Place) -> Amount:
    number = place.number()
    try:
        return exactly(number if number is not None else 0)
    except NotAnAmountError as error:
        place.fault(str(error), "at most six decimals")
        return exactly(0)


def _member(place: Place, column: Column) -> str | Amount:
    if column.type == "choice":
        return place.word(column.choices, f"a choice of {column.name}")
    if column.type in ("integer", "number", "flag"):
        try:
            return parse_amount(place.text())
        except NotAnAmountError as error:
            place.fault(str(error), column.expected())
    return place.text()
