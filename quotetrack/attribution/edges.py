"""Edges of arguments that a sequence model leaves ragged: times, circumstances, openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from quotetrack.attribution.view import View

_FURTHEST = 6
"""Tokens between a cue and the "that" of its content."""


def tidy(view: View, first: int, last: int, labels: list[str]) -> list[str]:
    """Labels without what belongs to neither argument of the cue ``first:last``."""
    labels = list(labels)
    source = [i for i, label in enumerate(labels) if label[-1] == "S"]
    if source and source[-1] < first:
        _drop_times(view, source, labels)
    elif source and source[0] >= last:
        _drop_circumstances(view, source, labels)
    content = [i for i, label in enumerate(labels) if label[-1] == "C"]
    if content and content[0] == last:
        _open_with_that(view, last, labels)
    return labels


def _is_time(view: View, i: int) -> bool:
    return view.words[i] in data.words("cue_adjuncts.txt")


def _drop_times(view: View, source: list[int], labels: list[str]) -> None:
    """ "Lee on Sunday said": the day is the cue's."""
    end = len(source)
    while end > 1 and _is_time(view, source[end - 1]):
        end -= 1
    if end < len(source) and end > 1 and view.tags[source[end - 1]] == "IN":
        end -= 1
    for i in source[end:]:
        labels[i] = "O"


def _drop_circumstances(view: View, source: list[int], labels: list[str]) -> None:
    for k in range(1, len(source) - 1):
        following = source[k + 1]
        if view.words[source[k]] == "," and (
            view.tags[following] == "VBG"
            or view.words[following] in data.words("cue_circumstances.txt")
        ):
            for i in source[k:]:
                labels[i] = "O"
            return


def _open_with_that(view: View, last: int, labels: list[str]) -> None:
    """ "said Tuesday that …": the content opens with "that"."""
    for i in range(last, min(last + _FURTHEST, len(labels))):
        if labels[i][-1] != "C":
            return
        if view.words[i] == "that":
            if i > last:
                labels[last:i] = ["O"] * (i - last)
                labels[i] = "B-C"
            return
        if not (_is_time(view, i) or view.tags[i] in {"IN", "RB"}):
            return
