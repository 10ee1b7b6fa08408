"""What a form asks for, in words: which finding, at how many sessions, in which order. A condition's own words."""

from __future__ import annotations

from consensus.definitions.condition import Condition
from consensus.definitions.definition import At, Consecutive, Form, Once

MOMENTS = {
    "en": {"baseline": ", before the first {session}", "before_second": ", before the second {session}"},
    "zh": {"baseline": "，首次{session}前", "before_second": "，第二次{session}前"},
}


def form_sentence(form: Form, condition: Condition, language: str = "en", at: At = "sessions") -> str:
    """Return what a form asks for: which finding, at how many sessions, in which order, or `at` which moment."""
    finding = finding_words(form.finding, condition, language)
    session = condition.word("session", language)
    if at != "sessions":
        return f"{finding}{MOMENTS[language if language in MOMENTS else 'en'][at].format(session=session)}"
    if language == "zh":
        return _chinese(form, finding, session, condition)
    match form:
        case Once():
            before = [_lower(finding_words(name, condition, "en")) for name in form.after]
            after = f", after sessions with {' and then '.join(before)}" if before else ""
            return f"{finding}, at any {session}{after}"
        case Consecutive():
            proviso = " or ".join(_lower(finding_words(name, condition, "en")) for name in form.proviso)
            more = f", and in the same run: {proviso}" if proviso else ""
            return f"{finding}, at {form.times} {several(session)} in a row{more}"
        case _:
            same = f", all of the same {form.same}" if form.same is not None else ""
            first = f" of the first {session}" if form.from_first else ""
            return f"{finding}, at {form.times} {several(session)} within {form.days} days{first}{same}"


def short_form(form: Form, condition: Condition, language: str = "en") -> str:
    """Return a form in a word or two, as a cell of a matrix: `once`, `2 in a row`, `3 in 183 days`."""
    zh = language == "zh"
    match form:
        case Once():
            after = ("，有先后次序" if zh else ", in sequence") if form.after else ""
            return ("一次" if zh else "once") + after
        case Consecutive():
            proviso = ("，附条件" if zh else ", with a proviso") if form.proviso else ""
            return (f"连续{form.times}次" if zh else f"{form.times} in a row") + proviso
        case _:
            area = condition.called(form.same, language) if form.same is not None else ""
            same = (f"，同一{area}" if zh else f", same {area}") if area else ""
            first = ("自首次起" if zh else " from the first") if form.from_first else ""
            within = f"{first}{form.days}天内{form.times}次" if zh else f"{form.times} in {form.days} days{first}"
            return within + same


def finding_words(name: str, condition: Condition, language: str = "en") -> str:
    """Return what a finding says, else its name."""
    return condition.finding(name).says.text(language) or name


def several(word: str) -> str:
    """Return the plural of a session's name: TACE sessions, courses of inhaled therapy."""
    first, of, rest = word.partition(" of ")
    return f"{first}s{of}{rest}"


def _chinese(form: Form, finding: str, session: str, condition: Condition) -> str:
    match form:
        case Once():
            before = "，其后".join(finding_words(name, condition, "zh") for name in form.after)
            return f"{finding}，任一次{session}" + (f"，此前依次有：{before}" if before else "")
        case Consecutive():
            proviso = "或".join(finding_words(name, condition, "zh") for name in form.proviso)
            return f"{finding}，连续{form.times}次{session}" + (f"，且期间有：{proviso}" if proviso else "")
        case _:
            same = f"，{condition.called(form.same, 'zh')}相同" if form.same is not None else ""
            first = "自首次治疗起" if form.from_first else ""
            return f"{finding}，{first}{form.days}天内{form.times}次{session}{same}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
