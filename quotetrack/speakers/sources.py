"""Whom each source means: names, pronouns and descriptions, in the order of reading."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, cast

from quotetrack import data
from quotetrack.attribution.view import quoted_by
from quotetrack.speakers import coreference
from quotetrack.speakers.coreference import Salience, is_subject
from quotetrack.speakers.described import Descriptions
from quotetrack.speakers.entities import Bearer, gather
from quotetrack.speakers.headlines import headline_names
from quotetrack.speakers.interviews import Interview
from quotetrack.speakers.kinds import settle
from quotetrack.speakers.lexicon import turns
from quotetrack.speakers.mentions import find_names, possible_names, tagged_as_nouns
from quotetrack.speakers.nominals import find_nominals
from quotetrack.speakers.pairs import Pairs, means_two
from quotetrack.speakers.phrases import take_apart
from quotetrack.speakers.relative import antecedent
from quotetrack.speakers.trimming import after_dateline, of_the_clause
from quotetrack.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quotetrack.attribution.attribution import Attribution, Range
    from quotetrack.speakers.lexicon import Gender
    from quotetrack.speakers.nominals import Nominal
    from quotetrack.text.layout import Layout, Quotation

Found = tuple[Bearer | None, float]
"""Who is meant, and how sure that is, 0..1."""

_NOBODY: Found = (None, 0.0)
_HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_MODIFIED = (["NN"], ["NNS"])
_ARTICLES = frozenset(("a", "an", "the"))
_FIRST = frozenset(("i", "we", "me", "us", "my", "our"))
_IN_PERSON = _FIRST | {"you", "your"}
_WHO = frozenset(("who", "which", "that", "whom", "whose"))
_IT = frozenset(("it", "this", "its"))
_THEY = frozenset(("they", "them", "their", "these", "those"))
_BOTH = frozenset(("both", "neither", "two"))
_PRONOUN_TAGS = frozenset(("PRP", "PRP$", "WP", "WP$", "WDT", "IN", "DT", "CC", "CD"))
_RELATIVE = frozenset(("WP", "WDT"))
_NAMED, _CARRIED, _BOTH_SURE, _LABEL, _ASKS, _AHEAD = 0.97, 0.6, 0.5, 0.8, 0.6, 0.75
_FRONTING = frozenset(("IN", "WRB", "RB"))
"""What opens a clause before the main one."""
_CUES_BACK = 4


class Resolver:
    """One article's names, descriptions and sources, resolved once."""

    def __init__(
        self,
        layout: Layout,
        tags: Sequence[str],
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
        title: str | None,
    ) -> None:
        self._layout = layout
        possible = possible_names(layout.words, tags)
        tags = tagged_as_nouns(layout.words, tags, possible)
        self._tags = tags
        self._attributions = attributions
        self._quoted = quoted_by(layout, quotations)
        self._names = settle(layout, tags, find_names(layout, tags, possible))
        self._at = [-1] * len(layout.words)
        for index, name in enumerate(self._names):
            self._at[name.first : name.last] = [index] * (name.last - name.first)
        headline = headline_names(segment(title).words) if title else []
        self._named, self._of_name = gather(self._names, headline)
        self._salience = Salience(layout, self._quoted)
        self._described = Descriptions(
            layout, tags, self._names, self._of_name, self._at, self._salience
        )
        self._said_by = self._contents()
        self._pairs = Pairs(layout, self._names, self._of_name, self._salience)
        self._found: dict[int, Found] = {}
        self._under_way: set[int] = set()
        persons = [b for b in self._named if b.person and len(b.words) > 1]
        self._interview = Interview(layout, self._quoted, persons, title)

    def bearers(self) -> Iterable[Bearer]:
        """All entities: the named ones, then the merely described ones."""
        return (*self._named, *self._described.bearers())

    def speakers(self) -> list[Found]:
        """For each attribution whom it means; outer ones first where an inner needs them."""
        if not self._attributions:
            return []
        self._enter_names()
        words, tags = self._layout.words, self._tags
        order = sorted(range(len(self._attributions)), key=self._anchor)
        stop = bisect_left(self._layout.starts, self._anchor(order[-1]))
        nominals = find_nominals(words, tags, self._at, self._quoted, stop)
        taken = self._source_tokens()
        k = 0
        for index in order:
            token = bisect_left(self._layout.starts, self._anchor(index))
            while k < len(nominals) and nominals[k].first < token:
                if nominals[k].first not in taken:
                    self._enter_nominal(nominals[k])
                k += 1
            self._speaker(index)
        return [self._found[index] for index in range(len(self._attributions))]

    def _anchor(self, index: int) -> int:
        a = self._attributions[index]
        return (a.source or a.cue or a.content[0])[0]

    def _source_tokens(self) -> set[int]:
        starts = self._layout.starts
        taken: set[int] = set()
        for attribution in self._attributions:
            if attribution.source is not None:
                start, end = attribution.source
                taken.update(range(bisect_left(starts, start), bisect_left(starts, end)))
        return taken

    def _contents(self) -> list[int]:
        """For every token the attribution with the smallest content around it, or -1."""
        starts = self._layout.starts
        pieces = [
            (end - start, start, end, index)
            for index, attribution in enumerate(self._attributions)
            for start, end in attribution.content
        ]
        pieces.sort(reverse=True)
        said_by = [-1] * len(starts)
        for _, start, end, index in pieces:
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            said_by[first:last] = [index] * (last - first)
        return said_by

    def _enter_names(self) -> None:
        tags, starts = self._tags, self._layout.starts
        sources = {bisect_left(starts, a.source[0]) for a in self._attributions if a.source}
        for name, bearer in zip(self._names, self._of_name, strict=True):
            modifies = tags[name.first - 1] == "IN" and tags[name.last : name.last + 1] in _MODIFIED
            self._salience.add(
                name.first,
                bearer,
                subject=is_subject(self._layout, tags, name.first, name.last),
                source=name.first in sources or name.first - 1 in sources,
                possessive=name.possessive or modifies,
                placed=name.placed or modifies,
            )

    def _enter_nominal(self, nominal: Nominal) -> None:
        last = nominal.last
        if self._layout.words[last : last + 1] == [","] and self._at[last + 1 : last + 2] > [-1]:
            return  # "the mayor, Ana Duarte,": the name stands for both
        if self._layout.words[max(0, nominal.first - 1)] in data.words("auxiliaries.txt"):
            return  # "is a good nurse": no new person
        phrase = take_apart(
            self._layout, self._tags, (nominal.first, nominal.last), self._names, self._at
        )
        if phrase.name is not None:
            return
        bearer, _ = self._described.meant(phrase, nominal.first)
        if bearer is None:
            return
        if bearer.gender == "n":
            bearer.gender = nominal.gender
        bearer.mentions.add((phrase.first, phrase.last))
        subject = is_subject(self._layout, self._tags, nominal.first, nominal.last)
        self._salience.add(
            nominal.first, bearer, subject=subject, nominal=True, possessive=nominal.possessive
        )

    def _speaker(self, index: int) -> Found:
        known = self._found.get(index)
        if known is not None:
            return known
        if index in self._under_way:
            return _NOBODY
        self._under_way.add(index)
        attribution = self._attributions[index]
        if attribution.source is not None:
            found = self._source(index, attribution.source)
        elif attribution.continues is not None:
            found = self._speaker(attribution.continues)
        else:
            found = self._without_source(index)
        self._found[index] = found
        return found

    def _without_source(self, index: int) -> Found:
        """A participle or second verb shares the source of the cue before it."""
        attribution = self._attributions[index]
        if attribution.cue is None:
            return self._next_paragraph(index)
        layout = self._layout
        token = bisect_left(layout.starts, attribution.cue[0])
        if token >= len(self._tags) or self._tags[token] not in {"VBG", "CC"}:
            return _NOBODY
        for other in range(index - 1, max(-1, index - _CUES_BACK), -1):
            before = self._attributions[other].cue
            if before is None or before[0] > attribution.cue[0]:
                continue
            at = bisect_left(layout.starts, before[0])
            if at < len(layout.words) and layout.sentence_of[at] == layout.sentence_of[token]:
                bearer, sure = self._speaker(other)
                return bearer, sure * _CARRIED
        return _NOBODY

    def _next_paragraph(self, index: int) -> Found:
        """A paragraph that opens with a mark right after one that closed none goes on."""
        token = bisect_left(self._layout.starts, self._attributions[index].content[0][0])
        if not index or not 0 < token < len(self._quoted):
            return _NOBODY
        if self._quoted[token] < 0 or self._quoted[token] != self._quoted[token - 1]:
            return _NOBODY
        bearer, sure = self._speaker(index - 1)
        return bearer, sure * 0.9

    def _source(self, index: int, source: Range) -> Found:
        layout = self._layout
        first = bisect_left(layout.starts, source[0])
        last = max(first + 1, bisect_left(layout.starts, source[1]))
        if first >= len(layout.words):
            return _NOBODY
        first = after_dateline(layout.words, self._quoted, first, last)
        first, last = of_the_clause(layout, self._tags, self._at, first, last)
        alone = last - first == 1 or not any(w[0].isalnum() for w in layout.words[first + 1 : last])
        label = alone and layout.words[first] in {"Q", "A"}
        if label:
            found = self._label(first)
        elif alone and (called := self._interview.called(first)):
            found = called, _LABEL
        elif (alone and self._tags[first] in _PRONOUN_TAGS) or (
            self._tags[first] in {"PRP", "WP"} and layout.words[first + 1 : first + 2] != ["."]
        ):
            found = self._pronoun(index, first)
        else:
            found = self._phrase(first, last)
        bearer, _ = found
        if bearer is not None:
            if max(self._at[first:last]) < 0 or bearer.phrase is not None:
                bearer.mentions.add((first, last))
            if bearer.gender == "n" and bearer.phrase is not None:
                bearer.gender = self._told(first, last)
            owns = self._tags[last - 1] == "POS"
            # "a governor who said"
            acts = not owns and _RELATIVE.isdisjoint((self._tags[first], self._tags[last - 1]))
            if label or self._layout.words[first].lower() in _IN_PERSON:
                return found  # whoever says "I" is hardly "she" in the next sentence
            self._salience.add(first, bearer, subject=acts, source=acts, possessive=owns)
        return found

    def _told(self, first: int, last: int) -> Gender:
        """The gender in "a teacher who declined to give her name"."""
        for k in range(first + 1, last):
            if self._tags[k] == "PRP$" and "WP" in self._tags[first:k]:
                return cast("Gender", _HE.get(self._layout.words[k].lower(), "n"))
        return "n"

    def _phrase(self, first: int, last: int) -> Found:
        noun = self._tags[first] in {"NN", "NNS"}
        if noun and first and self._at[first] < 0 <= self._at[first - 1]:
            first = self._names[self._at[first - 1]].first  # "Marlow police": it said "police"
        name = self._at[first]
        if name >= 0 and last <= self._names[name].last:
            return self._of_town(self._of_name[name], last), _NAMED
        phrase = take_apart(self._layout, self._tags, (first, last), self._names, self._at)
        if phrase.name is not None:
            return self._of_town(self._of_name[phrase.name], phrase.last), _NAMED
        if means_two(self._layout.words[first:last]):
            found = self._pair(first, self._described.can_be(phrase))
            if found is not _NOBODY:
                return found
        return self._described.meant(phrase, first, source=True)

    def _of_town(self, bearer: Bearer, last: int) -> Bearer:
        """Whom "Ill., who grew up here" means behind "Ana Duarte, 41, of Marlow,"."""
        who = last + 1
        if bearer.person or self._layout.words[who : who + 1] != ["who"]:
            return bearer
        meant = antecedent(self._layout, self._tags, self._at, self._of_name, who)
        return bearer if meant is None or isinstance(meant, tuple) else meant

    def _pronoun(self, index: int, token: int) -> Found:
        word = self._layout.words[token].lower()
        if word in _ARTICLES:
            return _NOBODY
        if word in _HE:
            gender = cast("Gender", _HE[word])
            fits = coreference.of_gender(gender, self._other(index))
            found = self._cataphora(token, fits) or self._salience.best(token, fits) or _NOBODY
            bearer, sure = found
            if bearer is not None and bearer.gender == "n" and sure > 0.8:
                bearer.gender = gender
            return found
        if word in _FIRST:
            return self._who_says(index, token)
        if word == "you":
            return self._answering() if self._is_asked(token) else _NOBODY
        if word in _WHO:
            return self._antecedent(token)
        if word in _BOTH:
            return self._pair(token)
        if word in _IT:
            return self._it(token)
        if word in _THEY:
            return self._salience.best(token, coreference.as_plural) or _NOBODY
        phrase = take_apart(self._layout, self._tags, (token, token + 1), self._names, self._at)
        return self._described.meant(phrase, token, source=True)

    def _cataphora(
        self, token: int, fits: Callable[[Bearer], float | None]
    ) -> tuple[Bearer, float] | None:
        """ "Despite his doubts, Ana Duarte's brother …": the subject that the comma brings."""
        sentence = self._layout.sentences[self._layout.sentence_of[token]]
        words, tags = self._layout.words, self._tags
        if tags[sentence.first] not in _FRONTING or self._quoted[token] >= 0:
            return None
        comma = next((k for k in range(sentence.first, sentence.last) if words[k] == ","), -1)
        if not token < comma < sentence.last - 1 or self._at[comma + 1] < 0:
            return None
        index = self._at[comma + 1]
        bearer = self._of_name[index]
        verb = self._names[index].last
        acts = verb < sentence.last and tags[verb] in {"VBD", "VBZ", "VBP", "MD"}
        return (bearer, _AHEAD) if acts and bearer.person and fits(bearer) is not None else None

    def _it(self, token: int) -> Found:
        found = self._salience.best(token, coreference.as_body) or _NOBODY
        bearer, _ = found
        if bearer is not None and bearer.person:
            bearer.person, bearer.kind = False, "organization"  # "it" tells
        return found

    def _other(self, index: int) -> Bearer | None:
        """Who hardly speaks where one of two replies: the one who asked before.

        "Asked by Ana Duarte whether it was over, she said": not Duarte.
        """
        asked = index > 0 and self._cue_is(index - 1, "ask")
        if asked and self._tags[self._cue_token(index - 1)] == "VBN":
            sentence = self._layout.sentence_of
            one, other = self._cue_token(index), self._cue_token(index - 1)
            if max(one, other) < len(sentence) and sentence[one] == sentence[other]:
                return self._speaker(index - 1)[0]
        if asked and self._cue_is(index, "reply"):
            return self._speaker(index - 1)[0]
        return None

    def _cue_is(self, index: int, kind: str) -> bool:
        token, words = self._cue_token(index), self._layout.words
        return token < len(words) and turns().get(words[token].lower()) == kind

    def _cue_token(self, index: int) -> int:
        """Where a cue begins; the end of the text where there is none."""
        cue = self._attributions[index].cue
        return bisect_left(self._layout.starts, cue[0]) if cue else len(self._layout.words)

    def _pair(self, token: int, wanted: Callable[[Bearer], bool] = lambda _: True) -> Found:
        bearer = self._pairs.first_of(token, wanted)
        return _NOBODY if bearer is None else (bearer, _BOTH_SURE)

    def _who_says(self, index: int, token: int) -> Found:
        """ "I" and "we" in a quotation, or an interview's answer, are its speaker."""
        outer = self._said_by[token]
        if outer == index:
            return _NOBODY
        if outer == -1:
            answers = self._quoted[token] < 0 and self._interview.turn(token) == "answer"
            return self._answering() if answers else _NOBODY
        bearer, sure = self._speaker(outer)
        return bearer, sure * 0.95

    def _antecedent(self, token: int) -> Found:
        """ "Who" and "which"."""
        meant = antecedent(self._layout, self._tags, self._at, self._of_name, token)
        if meant is None:
            return _NOBODY
        return self._phrase(*meant) if isinstance(meant, tuple) else (meant, _NAMED)

    def _label(self, token: int) -> Found:
        """The labels of an interview: "A:" is the person its introduction names most."""
        if self._layout.words[token] == "A":
            return self._answering()
        asking = self._interview.asking(self._names, self._of_name, self._tags)
        return _NOBODY if asking is None else (asking, _ASKS)

    def _is_asked(self, token: int) -> bool:
        """Whether a "you" outside quotation marks stands in a question to one interviewed."""
        last = self._layout.sentences[self._layout.sentence_of[token]].last - 1
        asks = self._layout.words[last] == "?" or self._interview.turn(token) != "answer"
        return asks and self._quoted[token] < 0

    def _answering(self) -> Found:
        bearer = self._interview.answering()
        return _NOBODY if bearer is None else (bearer, _LABEL)
