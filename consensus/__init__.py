"""What the answers mean: agreement, rules, definitions, scores and proposals."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.agreement.agree import agree
    from consensus.definitions.definition_file import read_definition
    from consensus.proposals.propose import propose
    from consensus.scoring.courses import read_courses
    from consensus.scoring.score import score

__all__ = ["agree", "propose", "read_courses", "read_definition", "score"]

_HOMES = {
    "agree": "consensus.agreement.agree",
    "propose": "consensus.proposals.propose",
    "read_courses": "consensus.scoring.courses",
    "read_definition": "consensus.definitions.definition_file",
    "score": "consensus.scoring.score",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that importing the package stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'consensus' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
