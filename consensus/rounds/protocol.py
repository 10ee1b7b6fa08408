"""The protocol before the data: rule, stopping and plan frozen in a hashed and dated file, and amended openly."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consensus.rounds.folder import read_json, write_json
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from pathlib import Path

    from consensus.rules.rule import Rule

LOCK_FILE = "protocol.lock.json"
DEPOSIT = (
    "The hash proves what was fixed, not when: only a deposit elsewhere (a registry, a repository, a mail to a third "
    "party) proves its date."
)


class LockedError(ConsensusError):
    """The protocol is locked already, or not yet: wrong use of the command."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a lock: what was frozen, when, its SHA-256, and for an amendment the reason."""

    kind: str
    date: str
    sha256: str
    frozen: dict[str, Any]
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Protocol:
    """The lock of a study with all its amendments, oldest first."""

    entries: tuple[Entry, ...]

    @property
    def current(self) -> Entry:
        """What is in force."""
        return self.entries[-1]

    @property
    def amendments(self) -> tuple[Entry, ...]:
        """The amendments, oldest first."""
        return self.entries[1:]

    def changed(self, at: int = -1) -> tuple[str, ...]:
        """Return what an amendment changed of the entry before it."""
        before, after = self.entries[at - 1].frozen, self.entries[at].frozen
        return tuple(key for key in after if after[key] != before.get(key))

    def deviations(self, frozen: dict[str, Any]) -> tuple[str, ...]:
        """Return what differs between what is in force and what a study now says."""
        now = self.current.frozen
        return tuple(key for key in frozen if frozen[key] != now.get(key))


def frozen_of(
    rule: Rule, *, equivocal: str, seed: int, files: dict[str, str], stopping: str = "", plan: str = "",
    rounds: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what a lock freezes: the rule and what its clauses fix, policy, stopping and plan, files by hash."""
    return {
        "rule": str(rule),
        "rule_in_words": rule.sentence("en"),
        "quorum": None if rule.quorum is None else str(rule.quorum),
        "quantile_type": rule.quantile,
        "bases": sorted({term.base or "default" for c in rule.conditions() for term in _terms(c)}),
        "equivocal": equivocal,
        "rounds": rounds,
        "stopping": stopping,
        "plan": plan,
        "seed": seed,
        "files": files,
    }


def _terms(condition: Any) -> list[Any]:
    from consensus.rules.terms import terms_of

    return [term for term in terms_of(condition) if term.measure in ("share", "count")]


def lock(folder: Path, frozen: dict[str, Any], date: str) -> Protocol:
    """Write the lock of a study and return it; LockedError where there is one already."""
    path = folder / LOCK_FILE
    if path.exists():
        raise LockedError(
            f"{path}: the protocol is locked already. A change needs consensus protocol amend STUDY --reason TEXT."
        )
    return _write(path, Protocol(entries=(_entry("lock", frozen, date, "", ""),)))


def amend(folder: Path, frozen: dict[str, Any], date: str, reason: str) -> Protocol:
    """Append an amendment to the lock of a study and return it; LockedError where there is no lock or no reason."""
    path = folder / LOCK_FILE
    if not path.exists():
        raise LockedError(
            f"{path}: is not there, so there is nothing to amend. consensus protocol lock STUDY comes first."
        )
    if not reason.strip():
        raise LockedError("--reason is empty. Expected in a sentence what was changed and why.")
    known = read_protocol(folder)
    assert known is not None
    entry = _entry("amendment", frozen, date, reason.strip(), known.current.sha256)
    return _write(path, Protocol(entries=(*known.entries, entry)))


def read_protocol(folder: Path) -> Protocol | None:
    """Return the lock of a study; None where there is none. ConsensusError where an entry is not what its hash says."""
    path = folder / LOCK_FILE
    if not path.exists():
        return None
    content = read_json(path, "consensus protocol lock STUDY makes it.")
    try:
        entries = tuple(Entry(**entry) for entry in content["entries"])
    except (KeyError, TypeError):
        raise ConsensusError(f"{path}: is not what consensus protocol lock wrote.") from None
    before = ""
    for entry in entries:
        if entry.sha256 != _digest(entry.kind, entry.frozen, entry.date, entry.reason, before):
            raise ConsensusError(
                f"{path}: the {entry.kind} of {entry.date} is no longer what its SHA-256 says: the file was edited. "
                "Restore it from the deposit or a backup."
            )
        before = entry.sha256
    return Protocol(entries=entries)


def _entry(kind: str, frozen: dict[str, Any], date: str, reason: str, before: str) -> Entry:
    digest = _digest(kind, frozen, date, reason, before)
    return Entry(kind=kind, date=date, sha256=digest, frozen=frozen, reason=reason)


def _digest(kind: str, frozen: dict[str, Any], date: str, reason: str, before: str) -> str:
    """Return the hash of an entry, which holds that of the entry before it: none can be taken out unseen."""
    content = {"kind": kind, "frozen": frozen, "date": date, "reason": reason, "before": before}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()


def _write(path: Path, protocol: Protocol) -> Protocol:
    keys = ("kind", "date", "reason", "sha256", "frozen")
    write_json(path, {"note": DEPOSIT, "entries": [{key: getattr(e, key) for key in keys} for e in protocol.entries]})
    return protocol
