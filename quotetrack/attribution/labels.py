"""The labels of a sentence's tokens for one of its cues, one letter a token.

S begins a piece of the source and s goes on with it, C and c are the content's, - is neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.attribution import Range

LETTERS = {"O": "-", "B-S": "S", "I-S": "s", "B-C": "C", "I-C": "c"}
"""Names of labels in training and model files -> their letters."""
CONTENT = "Cc"
_RUNS = {"S": re.compile("S+"), "C": re.compile("C+")}
_PIECES = {"S": re.compile("Ss*+|s+"), "C": re.compile("Cc*+|c+")}


def of_roles(roles: Sequence[str]) -> str:
    """The labels of tokens with the roles S, C and -: each run is a piece."""
    return "".join(
        [
            role.lower() if role == before else role
            for role, before in zip(roles, ("", *roles), strict=False)
        ]
    )


def runs(roles: str, role: str) -> list[Range]:
    """The stretches of tokens with a role (S, C), of labels in capitals."""
    begin, end = roles.find(role), roles.rfind(role) + 1
    if end - begin == roles.count(role):  # one stretch, by far the most frequent case
        return [(begin, end)]
    return [found.span() for found in _RUNS[role].finditer(roles)]


def pieces(labels: str, role: str) -> list[Range]:
    """The same, but a beginning letter begins a new one."""
    return [found.span() for found in _PIECES[role].finditer(labels)]
