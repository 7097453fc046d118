"""Who gives a figure in the article's own words: subjects of verbs that put, rate or forecast.

Attribution finds who says what; a figure that somebody puts, rates or pledges is no content
of theirs there ("The mayor had put the toll at 25", "…, the agency's count shows").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotetrack.speakers.cast import Cast
    from quotetrack.text.layout import Layout, Sentence

_BETWEEN = frozenset(("RB", "MD", "VBD", "VBZ", "VBP", "VB", "VBN"))
"""Tags between a subject and its verb: adverbs and auxiliaries."""
_AUXILIARY_REACH = 4
_OWNED = 4
"""Tokens between an owner and what is owned."""
_APPOSITION = 10
"""Most tokens of an apposition between a subject and its verb."""
_TAIL = 16
"""Most tokens of a source behind the figures: ", a Herald count of court records shows."."""
_OPENING = 14
"""Tokens at the start of a sentence in which a document is named."""
_LOOK_BACK = 100
"""Mentions before a pronoun that are looked at."""
_SUBJECT_PRONOUNS = {"it": "organization", "he": "person", "she": "person"}
_POSSESSIVES = frozenset(("its", "his", "her", "their"))


class Givers:
    """Finds the entity that gives the figure at a token of an article."""

    def __init__(self, layout: Layout, tags: Sequence[str], cast: Cast) -> None:
        self._layout = layout
        self._tags = tags
        self._cast = cast
        self._starts = [start for start, _, _ in cast.places]
        self._speaking = set(cast.speaker_of)

    def giver(self, token: int) -> int | None:
        """The entity that puts, rates or forecasts the figure; None: nobody does."""
        sentence = self._layout.sentences[self._layout.sentence_of[token]]
        verbs, nouns = data.words("figure_verbs.txt"), data.words("forecast_nouns.txt")
        particles = data.words("verb_particles.txt")
        for i in range(token - 1, sentence.first, -1):
            word = self._layout.words[i].lower()
            if word in nouns and (whose := self._whose(i, sentence)) is not None:
                return whose
            gives = word in verbs and self._layout.words[i + 1].lower() not in particles
            if self._tags[i][:1] == "V" and (gives or self._forecasts(i, token)):
                subject = self._subject(i, sentence)
                if subject is not None:
                    return subject
        return self._tail(token, sentence)

    def _whose(self, noun: int, sentence: Sentence) -> int | None:
        """ "the bank's forecast of", "the fund's earlier estimate": the owner's entity."""
        for i in range(noun - 1, max(sentence.first, noun - _OWNED), -1):
            if self._tags[i] == "POS":
                return self._ending_at(i - 1, sentence)
        return None

    def _forecasts(self, verb: int, token: int) -> bool:
        """ "raised its forecast to": a forecast of the subject's own stands before the figure."""
        nouns = data.words("forecast_nouns.txt")
        words = self._layout.words
        own = next((i for i in range(verb + 1, token) if words[i].lower() in _POSSESSIVES), None)
        return own is not None and any(words[i].lower() in nouns for i in range(own + 1, token))

    def _subject(self, verb: int, sentence: Sentence) -> int | None:
        """The entity whose verb stands at a token: adverbs and an apposition may part them."""
        last = verb - 1
        for _ in range(_AUXILIARY_REACH):
            if last > sentence.first and self._tags[last] in _BETWEEN:
                last -= 1
        words = self._layout.words
        if words[last] == "," and last > sentence.first:
            inside = self._ending_at(last - 1, sentence)
            opening = self._comma_before(last - 1, sentence)
            if opening is None:
                return inside
            named = self._ending_at(opening - 1, sentence)
            return inside if named is None else named
        word = words[last].lower()
        if word in _SUBJECT_PRONOUNS and verb - last <= _AUXILIARY_REACH:
            return self._meant_by(word, last)
        return self._ending_at(last, sentence)

    def _comma_before(self, token: int, sentence: Sentence) -> int | None:
        first = max(sentence.first, token - _APPOSITION)
        words = self._layout.words
        return next((i for i in range(token, first, -1) if words[i] == ","), None)

    def _ending_at(self, token: int, sentence: Sentence) -> int | None:
        """The entity whose mention ends with a token of the sentence."""
        if token < sentence.first:
            return None
        end, begin = self._layout.ends[token], self._layout.starts[sentence.first]
        for start, stop, entity in self._places(begin, end):
            if stop == end or self._layout.text[stop:end] in {"’s", "'s"}:
                return entity if start >= begin else None
        return None

    def _places(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The mentions that begin between two offsets, the last first."""
        low, high = bisect_left(self._starts, begin), bisect_left(self._starts, end)
        return reversed(self._cast.places[low:high])

    def _meant_by(self, pronoun: str, token: int) -> int | None:
        """The last speaker before, in the same paragraph, that a subject pronoun can mean."""
        wanted = _SUBJECT_PRONOUNS[pronoun]
        layout = self._layout
        paragraph = layout.sentences[layout.sentence_of[token]].paragraph
        before = bisect_left(self._starts, layout.starts[token])
        for k in range(before - 1, max(-1, before - _LOOK_BACK), -1):
            start, _, entity = self._cast.places[k]
            at = bisect_right(layout.starts, start) - 1
            if layout.sentences[layout.sentence_of[at]].paragraph != paragraph:
                return None
            if self._cast.entities[entity].kind == wanted and entity in self._speaking:
                return entity
        return None

    def _tail(self, token: int, sentence: Sentence) -> int | None:
        """The source that a sentence ends with: "…, the Herald's count shows"."""
        words = self._layout.words
        last = sentence.last - 1
        while last > token and not words[last][0].isalnum():
            last -= 1
        first = max(token, last - _TAIL)
        comma = next((i for i in range(last, first, -1) if words[i] == ","), None)
        according = next(
            (
                i + 2
                for i in range(last - 1, first, -1)
                if words[i].lower() == "according" and words[i + 1].lower() == "to"
            ),
            None,
        )
        if according is not None:
            return self._first_inside(according, last + 1)
        if comma is None or words[last].lower() not in data.words("figure_verbs.txt"):
            return None
        if comma == last - 1:
            opening = self._comma_before(comma - 1, sentence)
            return (
                None
                if opening is None
                else self._first_inside(opening + 1, comma)
                or (self._ending_at(opening - 1, sentence))
            )
        return self._first_inside(comma + 1, last)

    def _first_inside(self, first: int, last: int) -> int | None:
        """The first entity named between two tokens."""
        if first >= last:
            return None
        layout = self._layout
        low = bisect_left(self._starts, layout.starts[first])
        for start, stop, entity in self._cast.places[low : low + 1]:
            if start < layout.ends[last - 1] and stop <= layout.ends[last - 1]:
                return entity
        return None

    def documents(self) -> Iterator[tuple[int, int]]:
        """ "the Herald poll", "In the study by …,": where such a name begins, and its entity."""
        documents = data.words("document_nouns.txt")
        words = self._layout.words
        polls = data.words("poll_nouns.txt")
        for start, stop, entity in self._cast.places:
            if self._cast.entities[entity].kind != "organization":
                continue
            after = bisect_left(self._layout.starts, stop)
            if not polls.isdisjoint(map(str.lower, words[after : after + 2])):
                yield start, entity
        for sentence in self._layout.sentences:
            if words[sentence.first] != "In":
                continue
            stop = min(sentence.last, sentence.first + _OPENING)
            for i in range(sentence.first + 2, stop):
                if words[i] == ",":
                    break
                if words[i].lower() in documents:
                    named = self._first_inside(sentence.first + 1, i + 1)
                    if named is not None:
                        yield self._layout.starts[sentence.first + 1], named
                    break
