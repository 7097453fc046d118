"""One sentence as the learned stages see it: parallel lists, computed once."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotetrack.attribution.rule_arguments import find_arguments
from quotetrack.attribution.rule_cues import find_cues
from quotetrack.text.stems import stem
from quotetrack.text.weights import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotetrack.attribution.attribution import Attribution, Cue
    from quotetrack.attribution.reading import Reading
    from quotetrack.text.layout import Layout, Quotation, Sentence

_TAGS_OF_MARKS = frozenset(("``", "''"))
_STEMS: Kept[str, str] = Kept(stem)


@dataclass(slots=True)
class View:
    """A sentence.  Token i of the view is token ``first + i`` of the layout."""

    first: int
    words: list[str]
    """Lower-case, all quotation marks as ``"``."""
    cased: Sequence[str]
    tags: list[str]
    """Penn-like; quotation marks of every sort are ``Q``."""
    stems: list[str]
    quoted: list[bool]
    """Inside quotation marks, the marks included."""
    any_quoted: bool
    opens_paragraph: bool
    rule_cues: list[str]
    """For every token "-", or the first (B) or a further one (I) of a cue by rule, with its
    manner and how sure the rules are."""
    rule_labels: dict[int, list[str]]
    """First token of a cue by rule -> for every token S (source), C (content) or "-"."""


def quoted_by(layout: Layout, quotations: Sequence[Quotation]) -> list[int]:
    """For every token the index of the outermost quotation around it; -1: none."""
    around = [-1] * len(layout.words)
    for index, first, last in _outermost(layout, quotations):
        around[first:last] = [index] * (last - first)
    return around


def quoted_tokens(layout: Layout, quotations: Sequence[Quotation]) -> list[bool]:
    """For every token, whether it stands inside an outermost quotation, marks included."""
    quoted = [False] * len(layout.words)
    for _, first, last in _outermost(layout, quotations):
        quoted[first:last] = [True] * (last - first)
    return quoted


def _outermost(layout: Layout, quotations: Sequence[Quotation]) -> Iterator[tuple[int, int, int]]:
    """The pieces of quotations in no other: the quotation's index and the tokens."""
    starts, i = layout.starts, 0
    for index, quotation in enumerate(quotations):
        if quotation.depth:
            continue
        for start, end in quotation.pieces:
            first = bisect_left(starts, start, i)
            i = bisect_left(starts, end, first)
            yield index, first, i


def views(reading: Reading) -> list[View]:
    """The views of all sentences."""
    layout = reading.layout
    by_rule = [_NO_RULES] * len(layout.sentences)
    cues = find_cues(reading)
    first_token = {layout.starts[cue.first]: cue.first for cue in cues}
    for cue in cues:
        number = layout.sentence_of[cue.first]
        if by_rule[number] is _NO_RULES:
            by_rule[number] = _Rules([], {})
        by_rule[number].cues.append(cue)
    for attribution in find_arguments(reading, cues):
        if attribution.cue is not None:
            token = first_token[attribution.cue[0]]
            number = layout.sentence_of[token]
            sentence = layout.sentences[number]
            labels = _labels(layout, sentence, attribution)
            by_rule[number].labels[token - sentence.first] = labels
    words, tags = _with_marks(reading)
    stems = list(map(_STEMS.__getitem__, words))
    quoted = quoted_tokens(layout, reading.quotations)
    return [
        _view(layout, words, tags, stems, quoted, number, rules)
        for number, rules in enumerate(by_rule)
    ]


@dataclass(slots=True, frozen=True)
class _Rules:
    """What the rules found in one sentence."""

    cues: list[Cue]
    labels: dict[int, list[str]]


_NO_RULES = _Rules([], {})


def _labels(layout: Layout, sentence: Sentence, attribution: Attribution) -> list[str]:
    starts, first, last = layout.starts, sentence.first, sentence.last
    labels = ["-"] * (last - first)
    pieces = [(piece, "C") for piece in attribution.content]
    if attribution.source is not None:
        pieces.append((attribution.source, "S"))
    for (start, end), label in pieces:
        low, high = bisect_left(starts, start, first, last), bisect_left(starts, end, first, last)
        labels[low - first : high - first] = [label] * (high - low)
    return labels


def _with_marks(reading: Reading) -> tuple[list[str], list[str]]:
    """The lower-case words and the tags of a text, its marks and apostrophes all alike."""
    words, tags = reading.lower.copy(), list(reading.tags)
    for i in [i for i, tag in enumerate(tags) if tag in _TAGS_OF_MARKS]:
        words[i], tags[i] = '"', "Q"
    return words, tags


def _view(
    layout: Layout,
    words: list[str],
    tags: list[str],
    stems: list[str],
    quoted: list[bool],
    number: int,
    rules: _Rules,
) -> View:
    """The view of a sentence, from lists with an entry a token of the layout."""
    sentence = layout.sentences[number]
    first, last = sentence.first, sentence.last
    here, cased, own_tags = words[first:last], layout.words[first:last], tags[first:last]
    inside = quoted[first:last]
    rule_cues = ["-"] * len(here)
    for cue in rules.cues:
        sort = cue.manner[:2] + str(round(5 * cue.score))
        for k in range(cue.first, cue.last):
            rule_cues[k - first] = ("B" if k == cue.first else "I") + sort
    return View(
        first,
        here,
        cased,
        own_tags,
        stems[first:last],
        inside,
        True in inside,
        number == 0 or layout.sentences[number - 1].paragraph != sentence.paragraph,
        rule_cues,
        rules.labels,
    )
