"""Turns of a transcript or an interview: paragraphs that begin with their speaker's label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quotetrack import data
from quotetrack.attribution.attribution import Range
from quotetrack.attribution.reading import Reading
from quotetrack.speakers.lexicon import given_names, is_title, person_nouns

_INITIALS = frozenset(("Q.", "A."))
_LONGEST_LABEL = 4
"""Words."""
_EMPHASIS = frozenset(("*", "**", "_", "__"))
"""Marks around a name that is to be bold."""
_NO_LABEL = frozenset(("RB", "UH", "IN"))
"""Tags of first words that open a sentence, not a label ("However: …")."""


class Turn(NamedTuple):
    """What one speaker says at a time."""

    label: Range
    content: Range


def find_turns(reading: Reading, sentences_of: Sequence[Sequence[int]]) -> list[Turn]:
    """The turns of a text, in reading order; headings ("Price: …") are left out.

    Args:
        reading: The tagged text.
        sentences_of: For every paragraph the numbers of its sentences.
    """
    labelled = {
        index: turn
        for index, numbers in enumerate(sentences_of)
        if numbers and (turn := _turn(reading, index, numbers[0])) is not None
    }
    if len(labelled) < 2:
        return []
    layout = reading.layout
    labels = {index: layout.text[slice(*turn.label)] for index, turn in labelled.items()}
    counts = Counter(label.lower() for label in labels.values())
    known = data.words("cue_labels.txt")
    elsewhere = Counter(layout.words)
    elsewhere.subtract(label.split()[-1] for label in labels.values())
    beside = {index for index in labels if index - 1 in labels or index + 1 in labels}
    again = beside | {index for index, label in labels.items() if counts[label.lower()] > 1}
    sure = {
        index
        for index, label in labels.items()
        if label.lower() in known
        or label.isupper()
        or (index in again and _is_somebody(label, elsewhere))
    }
    asking = {
        index
        for index in again - sure
        if counts[labels[index].lower()] > 1 and {index - 1, index + 1} & sure
    }
    return [labelled[index] for index in sorted(sure | asking)]


def _turn(reading: Reading, index: int, sentence: int) -> Turn | None:
    """The paragraph as a turn, if it begins with a label."""
    layout = reading.layout
    words, stop = layout.words, layout.paragraphs[index][1]
    first = layout.sentences[sentence].first
    if reading.opens[first] >= 0:
        first += 1  # a transcript that stands in quotation marks
    if first + 1 >= len(words) or layout.starts[first + 1] >= stop:
        return None
    if words[first] in _INITIALS:
        return Turn((layout.starts[first], layout.ends[first]), (layout.starts[first + 1], stop))
    while first + 1 < len(words) and words[first] in _EMPHASIS:
        first += 1
    reach = min(first + _LONGEST_LABEL + 3, len(words) - 1)
    if ":" not in words[first + 1 : reach]:
        return None
    for k in range(first + 1, reach):
        if words[k] == ":":
            end, begin = k, k + 1
            while end - 1 > first and words[end - 1] in _EMPHASIS:
                end -= 1
            while begin < len(words) - 1 and words[begin] in _EMPHASIS:
                begin += 1
            label = words[first:end]
            capitals = all(word[0].isupper() for word in label)
            named = capitals or (label[0] == "The" and label[-1] in person_nouns())
            if (
                not named
                or len(label) > _LONGEST_LABEL
                or reading.tags[first] in _NO_LABEL
                or label[-1].lower() in data.words("cue_fields.txt")
                or layout.starts[begin] >= stop
            ):
                return None
            return Turn((layout.starts[first], layout.ends[end - 1]), (layout.starts[begin], stop))
    return None


def _is_somebody(label: str, elsewhere: Counter[str]) -> bool:
    """Whether a label is a title, a given name, a word for a person, or someone told of."""
    words = label.split()
    first, last = words[0].lower(), words[-1]
    return (
        is_title(first)
        or first in given_names()
        or last.lower() in person_nouns()
        or (last[0].isupper() and elsewhere[last] > 0)
    )
