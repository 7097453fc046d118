"""The cast of an article: who speaks, under which names, and who is meant by each source."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from quotetrack import data
from quotetrack.attribution.view import quoted_by
from quotetrack.speakers import coreference
from quotetrack.speakers.coreference import Salience, is_subject, of_gender
from quotetrack.speakers.entities import Bearer, gather
from quotetrack.speakers.kinds import settle
from quotetrack.speakers.lexicon import person_nouns
from quotetrack.speakers.mentions import Name, find_names, headline_names
from quotetrack.speakers.phrases import Phrase, descriptions, kind_of_head, take_apart
from quotetrack.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotetrack.attribution.attribution import Attribution, Range
    from quotetrack.models import SpeakerKind
    from quotetrack.speakers.lexicon import Gender
    from quotetrack.text.layout import Layout, Quotation

_HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_FIRST = frozenset(("i", "we", "me", "us", "my", "our"))
_WHO = frozenset(("who", "which", "that", "whom", "whose"))
_DESCRIBED = 3
"""Mentions of a person that are searched for roles."""
_NAMED, _ROLE, _SAME_BODY, _LAST_BODY, _PHRASE, _CARRIED = 0.97, 0.85, 0.8, 0.6, 0.8, 0.6


@dataclass(slots=True, frozen=True)
class Entity:
    """Someone or something that an article names or describes."""

    name: str
    kind: SpeakerKind
    role: str | None
    descriptions: tuple[str, ...]
    aliases: tuple[str, ...]
    mentions: tuple[Range, ...]
    """In characters, in order."""


@dataclass(slots=True, frozen=True)
class Cast:
    """The entities of an article, in order of first appearance, and who says what."""

    entities: tuple[Entity, ...]
    speaker_of: tuple[int | None, ...]
    """For each attribution the index of its entity; None: unknown."""
    certainty: tuple[float, ...]
    """For each attribution how sure the name is, 0..1."""


def resolve(
    layout: Layout,
    tags: Sequence[str],
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    title: str | None,
) -> Cast:
    """Find the entities of an article and the one behind each attribution.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token.
        quotations: Names inside them count little for pronouns outside.
        attributions: In reading order.
        title: The headline, if known: it lends full names.
    """
    return _Resolver(layout, tags, quotations, attributions, title).cast()


class _Resolver:
    def __init__(
        self,
        layout: Layout,
        tags: Sequence[str],
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
        title: str | None,
    ) -> None:
        self._layout = layout
        self._tags = tags
        self._attributions = attributions
        self._quotation = quoted_by(layout, quotations)
        self._names = settle(layout, tags, find_names(layout, tags))
        self._at = [-1] * len(layout.words)
        for index, name in enumerate(self._names):
            for token in range(name.first, name.last):
                self._at[token] = index
        self._bearers, self._of_name = gather(self._names, _headline(title))
        self._phrases: dict[str, Bearer] = {}
        self._documents: dict[str, Bearer] = {}
        self._made: dict[str, list[tuple[int, Bearer]]] = {}
        """Noun of a document -> where organisations' names stand before it."""
        self._roles: dict[str, list[Bearer]] = {}
        self._salience = Salience(layout)
        self._describe()
        self._enter_names()
        self._speakers: dict[int, tuple[Bearer | None, float]] = {}
        self._under_way: set[int] = set()

    def _describe(self) -> None:
        """Find the roles that stand beside the names of persons."""
        layout = self._layout
        searched: dict[int, int] = {}
        for name, bearer in zip(self._names, self._of_name, strict=True):
            if not bearer.person or searched.get(id(bearer), 0) >= _DESCRIBED:
                continue
            searched[id(bearer)] = searched.get(id(bearer), 0) + 1
            for first, last in descriptions(layout, self._tags, name, self._at):
                text = layout.text[layout.starts[first] : layout.ends[last - 1]]
                if text not in bearer.descriptions:
                    bearer.descriptions.append(text)
                for word in layout.words[first:last]:
                    lower = word.lower().rstrip(".")
                    bearer.titles.add(_SHORT_ROLES.get(lower, lower))
                    gender = person_nouns().get(lower, "n")
                    if bearer.gender == "n" and gender != "n":
                        bearer.gender = gender
        for bearer in self._bearers:
            for word in bearer.titles:
                self._roles.setdefault(_SHORT_ROLES.get(word, word), []).append(bearer)

    def _enter_names(self) -> None:
        words, tags = self._layout.words, self._tags
        documents = data.words("document_nouns.txt")
        for name, bearer in zip(self._names, self._of_name, strict=True):
            for word in words[name.last : name.last + 3]:
                if not bearer.person and word.lower() in documents:
                    self._made.setdefault(word.lower(), []).append((name.first, bearer))
        sources = {
            bisect_left(self._layout.starts, a.source[0])
            for a in self._attributions
            if a.source is not None
        }
        for name, bearer in zip(self._names, self._of_name, strict=True):
            self._salience.add(
                name.first,
                bearer,
                subject=is_subject(words, tags, name.first, name.last),
                source=name.first in sources or name.first - 1 in sources,
                possessive=name.possessive,
                quotation=self._quotation[name.first],
            )

    def cast(self) -> Cast:
        """Resolve every attribution, outer ones first where an inner one needs them."""
        order = sorted(range(len(self._attributions)), key=self._anchor)
        for index in order:
            self._speaker(index)
        everyone = [*self._bearers, *self._phrases.values()]
        everyone = [b for b in everyone if b.mentions]
        everyone.sort(key=lambda b: min(b.mentions))
        number = {id(bearer): k for k, bearer in enumerate(everyone)}
        speakers, certainty = [], []
        for index in range(len(self._attributions)):
            bearer, sure = self._speakers[index]
            speakers.append(None if bearer is None else number[id(bearer)])
            certainty.append(sure if bearer is not None else 0.0)
        return Cast(
            tuple(self._entity(bearer) for bearer in everyone), tuple(speakers), tuple(certainty)
        )

    def _anchor(self, index: int) -> int:
        a = self._attributions[index]
        return (a.source or a.cue or a.content[0])[0]

    def _entity(self, bearer: Bearer) -> Entity:
        starts, ends, text = self._layout.starts, self._layout.ends, self._layout.text
        mentions = tuple((starts[a], ends[b - 1]) for a, b in sorted(set(bearer.mentions)))
        name = bearer.name
        forms = dict.fromkeys(
            text[starts[n.start] : ends[n.last - 1]] for n in bearer.names if n.start < n.last
        )
        return Entity(
            name,
            bearer.kind,
            bearer.descriptions[0] if bearer.descriptions else None,
            tuple(bearer.descriptions),
            tuple(form for form in forms if form != name),
            mentions,
        )

    def _speaker(self, index: int) -> tuple[Bearer | None, float]:
        if index in self._speakers:
            return self._speakers[index]
        if index in self._under_way:
            return None, 0.0
        self._under_way.add(index)
        attribution = self._attributions[index]
        if attribution.source is not None:
            found = self._source(index, attribution.source)
        elif attribution.continues is not None:
            found = self._speaker(attribution.continues)
        else:
            found = self._without_source(index)
        self._speakers[index] = found
        return found

    def _without_source(self, index: int) -> tuple[Bearer | None, float]:
        """A participle shares the source of the cue before it ("…, he said, adding that …")."""
        attribution = self._attributions[index]
        if attribution.cue is None:
            return None, 0.0
        layout = self._layout
        token = bisect_left(layout.starts, attribution.cue[0])
        if token >= len(self._tags) or self._tags[token] not in {"VBG", "CC"}:
            return None, 0.0
        for other in range(index - 1, max(-1, index - 4), -1):
            before = self._attributions[other].cue
            if before is None or before[0] > attribution.cue[0]:
                continue
            if (
                layout.sentence_of[bisect_left(layout.starts, before[0])]
                == layout.sentence_of[token]
            ):
                bearer, sure = self._speaker(other)
                return bearer, sure * _CARRIED
        return None, 0.0

    def _source(self, index: int, source: Range) -> tuple[Bearer | None, float]:
        layout = self._layout
        first = bisect_left(layout.starts, source[0])
        last = max(first + 1, bisect_left(layout.starts, source[1]))
        if first >= len(layout.words):
            return None, 0.0
        word = layout.words[first].lower()
        alone = last - first == 1 or not any(
            layout.words[k][0].isalnum() for k in range(first + 1, last)
        )
        if alone and layout.words[first] in {"Q", "A"}:
            # the labels of an interview
            answers = layout.words[first] == "A"
            found = (self._interviewed(first) if answers else None, _PHRASE)
        elif (alone or self._tags[first] in {"PRP", "WP"}) and self._tags[first] in {
            "PRP",
            "PRP$",
            "WP",
            "WDT",
            "IN",
            "DT",
        }:
            found = self._pronoun(index, first, word)
        else:
            found = self._phrase(first, last)
        bearer, _ = found
        if bearer is not None:
            if (first, last) not in bearer.mentions and self._at[first] < 0:
                bearer.mentions.append((first, last))
            self._salience.add(
                first, bearer, subject=True, source=True, quotation=self._quotation[first]
            )
        return found

    def _pronoun(self, index: int, token: int, word: str) -> tuple[Bearer | None, float]:
        if word in _HE:
            gender = cast("Gender", _HE[word])
            return self._learn(gender, self._salient(token, of_gender(gender)))
        if word in _FIRST:
            return self._who_says(index, token)
        if word in _WHO:
            return self._antecedent(token)
        if word in {"it", "this"}:
            return self._salient(token, coreference.is_body)
        if word in {"they", "them", "both", "some", "many", "others", "these", "those"}:
            return self._salient(token, coreference.is_plural)
        return None, 0.0

    @staticmethod
    def _learn(gender: Gender, found: tuple[Bearer | None, float]) -> tuple[Bearer | None, float]:
        bearer, sure = found
        if bearer is not None and bearer.gender == "n" and sure > 0.8:
            bearer.gender = gender
        return found

    def _salient(self, token: int, fits: Callable[[Bearer], bool]) -> tuple[Bearer | None, float]:
        return self._salience.best(token, self._quotation[token], fits) or (None, 0.0)

    def _who_says(self, index: int, token: int) -> tuple[Bearer | None, float]:
        """ "I" and "we" in a quotation are its speaker."""
        at = self._layout.starts[token]
        best: tuple[int, int] | None = None
        for other, attribution in enumerate(self._attributions):
            if other == index:
                continue
            for start, end in attribution.content:
                if start <= at < end and (best is None or end - start < best[0]):
                    best = (end - start, other)
        if best is None:
            return None, 0.0
        bearer, sure = self._speaker(best[1])
        return bearer, sure * 0.95

    def _antecedent(self, token: int) -> tuple[Bearer | None, float]:
        """What stands right before "who"."""
        k = token - 1
        if k >= 0 and self._layout.words[k] in {",", "—", "–", "("}:
            k -= 1
        if k < 0:
            return None, 0.0
        if self._at[k] >= 0:
            bearer = self._of_name[self._at[k]]
            return (bearer if bearer.person else self._person_before(k) or bearer), _NAMED
        if self._tags[k][:2] not in {"NN", "CD"}:
            return None, 0.0
        begin = k
        sentence = self._layout.sentences[self._layout.sentence_of[k]]
        while begin > sentence.first and (
            self._tags[begin - 1][:2] in {"NN", "JJ", "DT", "CD", "PR"} or self._at[begin - 1] >= 0
        ):
            begin -= 1
        return self._phrase(begin, k + 1)

    def _person_before(self, token: int) -> Bearer | None:
        """A person named earlier in the sentence ("Ana Duarte, 59, of Bergen, who")."""
        sentence = self._layout.sentences[self._layout.sentence_of[token]]
        for k in range(token, sentence.first - 1, -1):
            if self._at[k] >= 0 and self._of_name[self._at[k]].person:
                return self._of_name[self._at[k]]
            if self._tags[k] in {"VBD", "VBZ", "VBP", "MD"}:
                return None
        return None

    def _interviewed(self, token: int) -> Bearer | None:
        """Whom an interview's "A:" means: the person its introduction names most."""
        best: Bearer | None = None
        count = 0
        for bearer in self._bearers:
            named = sum(name.first < token for name in bearer.names)
            if bearer.person and named > count:
                best, count = bearer, named
        return best

    def _phrase(self, first: int, last: int) -> tuple[Bearer | None, float]:
        phrase = take_apart(self._layout, self._tags, (first, last), self._names, self._at)
        if phrase.name is not None:
            return self._of_name[phrase.name], _NAMED
        if phrase.definite and not phrase.plural:
            found = self._description(first, phrase)
            if found is not None:
                return found
        if phrase.head in data.words("document_nouns.txt"):
            found = self._document(phrase)
            if found is not None:
                return found
        return self._described(phrase), _PHRASE

    def _description(self, token: int, phrase: Phrase) -> tuple[Bearer | None, float] | None:
        """ "the senator", "the company", "the 39-year-old": someone known already."""
        head = phrase.head
        length = phrase.last - phrase.first
        linked = any(self._tags[k] == "IN" for k in range(phrase.first, phrase.last))
        if linked:
            return None
        wanted = self._roles.get(head, [])
        known = {id(b) for b in wanted if b.person}
        if known:
            found = self._salience_or_only(token, wanted, lambda b: id(b) in known)
            if found is not None:
                return found[0], found[1] * _ROLE
        if head.endswith("-year-old") or (length == 1 and head in _ANYONE):
            found = self._salience.best(token, self._quotation[token], coreference.is_person)
            if found is not None:
                return found[0], found[1] * 0.8
        if head in data.words("organization_nouns.txt") and length <= 2:
            named = {
                id(b)
                for b in self._bearers
                if not b.person and any(w.casefold() == head for w in b.words)
            }
            if named:
                bodies = [b for b in self._bearers if id(b) in named]
                found = self._salience_or_only(token, bodies, lambda b: id(b) in named)
                if found is not None:
                    return found[0], _SAME_BODY
            if length == 1:
                found = self._salience.best(token, self._quotation[token], _is_named_body)
                if found is not None:
                    return found[0], found[1] * _LAST_BODY
        return None

    def _salience_or_only(
        self, token: int, bearers: Sequence[Bearer], fits: Callable[[Bearer], bool]
    ) -> tuple[Bearer, float] | None:
        found = self._salience.best(token, self._quotation[token], fits)
        if found is not None:
            return found
        before = [b for b in bearers if fits(b) and b.mentions and min(b.mentions)[0] < token]
        if len({id(b) for b in before}) == 1:
            return before[0], 0.9
        return None

    def _document(self, phrase: Phrase) -> tuple[Bearer | None, float] | None:
        """A poll, study or report by the organisation that it names; "the poll": the last one."""
        makers = [self._of_name[index] for index in phrase.makers]
        if makers:
            bodies = [b for b in makers if not b.person]
            bearer = makers[-1] if makers[-1].person or not bodies else bodies[0]
            self._documents[phrase.head] = bearer
            return bearer, _ROLE
        if phrase.definite and phrase.last - phrase.first <= 2:
            made = self._made.get(phrase.head, [])
            before = [bearer for token, bearer in made if token < phrase.first]
            known = before[-1] if before else self._documents.get(phrase.head)
            if known is None and made:
                known = made[0][1]
            if known is not None:
                return known, _SAME_BODY
        return None

    def _described(self, phrase: Phrase) -> Bearer:
        """The entity of a source without a name, one for each wording."""
        layout = self._layout
        text = layout.text[layout.starts[phrase.first] : layout.ends[phrase.last - 1]]
        text = " ".join(text.split())
        key = text.casefold()
        bearer = self._phrases.get(key)
        if bearer is None:
            kind = cast("SpeakerKind", kind_of_head(phrase.head, plural=phrase.plural))
            gender = person_nouns().get(phrase.head, "n")
            bearer = Bearer((text,), person=False, gender=gender, kind=kind, phrase=text)
            self._phrases[key] = bearer
        if (phrase.first, phrase.last) not in bearer.mentions:
            bearer.mentions.append((phrase.first, phrase.last))
        return bearer


_SHORT_ROLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "prof": "professor",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "capt": "captain",
    "rev": "reverend",
}
_ANYONE = frozenset(("man", "woman", "candidate", "nominee", "lawmaker", "politician"))


def _is_named_body(bearer: Bearer) -> bool:
    return bearer.kind == "organization" and bearer.phrase is None


def _headline(title: str | None) -> list[Name]:
    if not title:
        return []
    return headline_names(segment(title).words)
