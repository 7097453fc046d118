""" "Who" and "which": what stands right before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.speakers.entities import Bearer
    from quotetrack.text.layout import Layout

_PERSONAL = frozenset(("who", "whom", "whose"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def antecedent(
    layout: Layout,
    tags: Sequence[str],
    at: Sequence[int],
    of_name: Sequence[Bearer],
    token: int,
) -> Bearer | tuple[int, int] | None:
    """Whom the relative pronoun at a token means, or the tokens of the phrase that says it."""
    words = layout.words
    k = token - 1
    if k >= 0 and words[k] in {",", "—", "–", "("}:
        k -= 1
    if k < 0:
        return None
    if at[k] >= 0:
        bearer = of_name[at[k]]
        if bearer.person or words[token].lower() not in _PERSONAL:
            return bearer
        return _person_before(layout, tags, at, of_name, k) or bearer
    if tags[k][:2] not in {"NN", "CD"}:
        return None
    begin = k
    first = layout.sentences[layout.sentence_of[k]].first
    while begin > first and (
        tags[begin - 1][:2] in {"NN", "JJ", "DT", "CD", "PR"}
        or at[begin - 1] >= 0
        or (tags[begin - 1] == "CC" and tags[begin - 2] == "NN")
    ):
        begin -= 1
    if begin - 1 > first and words[begin - 1] == "," and at[begin - 2] >= 0:
        return of_name[at[begin - 2]]  # "Ana Duarte, an engineer who"
    return begin, k + 1


def _person_before(
    layout: Layout, tags: Sequence[str], at: Sequence[int], of_name: Sequence[Bearer], token: int
) -> Bearer | None:
    """A person named earlier in the sentence ("Ana Duarte, 59, of Bergen, who")."""
    first = layout.sentences[layout.sentence_of[token]].first
    for k in range(token, first - 1, -1):
        if at[k] >= 0 and of_name[at[k]].person:
            return of_name[at[k]]
        if tags[k] in _FINITE:
            return None
    return None
