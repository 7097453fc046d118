"""Sources without a name: "the senator", "the company", "a new poll", "some analysts".

A description is either somebody known ("the senator") or an entity of its own, named by
its words ("senior official").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from quotetrack import data
from quotetrack.speakers import coreference
from quotetrack.speakers.entities import Bearer
from quotetrack.speakers.facts import Facts
from quotetrack.speakers.lexicon import parties, person_nouns, role_kinds, singular
from quotetrack.speakers.phrases import kind_of_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from quotetrack.models import SpeakerKind
    from quotetrack.speakers.coreference import Salience
    from quotetrack.speakers.naming import Name
    from quotetrack.speakers.phrases import Phrase
    from quotetrack.text.layout import Layout

_LEAD = 4
"""Sentences at the beginning in which "a judge" may be somebody named below."""
_BY = frozenset(("by", "from"))
_IN_ROLE = 1.5
_SHORT = 3
"""Letters at least of a place cut short."""
_NEAR = 8
"""Sentences over which "the agency" goes back to "a federal agency"."""
_ROLE, _AHEAD, _EPITHET, _SAME, _LAST, _KIN, _OWN = 0.85, 0.6, 0.55, 0.8, 0.6, 0.75, 0.9


def _stands_for(word: str, place: str) -> bool:
    """Whether a word near a name is the place or short for it: "Ohio", "D-Ohio", "R-Calif."."""
    short = word.rpartition("-")[2].rstrip(".")
    return short == place or (len(short) >= _SHORT and short != word and place.startswith(short))


class Descriptions:
    """What an article's descriptions can mean."""

    def __init__(
        self,
        layout: Layout,
        tags: Sequence[str],
        names: Sequence[Name],
        of_name: Sequence[Bearer],
        at: Sequence[int],
        salience: Salience,
    ) -> None:
        self._layout = layout
        self._tags = tags
        self._of_name = of_name
        self._salience = salience
        self._own: dict[str, Bearer] = {}
        self._by_head: dict[str, tuple[int, Bearer]] = {}
        """Head noun -> the entity described with it last, and where."""
        self._last_document: tuple[int, Bearer] | None = None
        self._makers: dict[str, Bearer] = {}
        """Noun of a document -> whose it was last."""
        self._facts = Facts(layout, tags, names, of_name, at)

    def bearers(self) -> Iterable[Bearer]:
        """The entities that have no name."""
        return self._own.values()

    def can_be(self, phrase: Phrase) -> Callable[[Bearer], bool]:
        """Who is one of "both candidates", "the two men", "both sides"."""
        head = singular(phrase.head)
        known = self._facts.roles.get(head, {})
        plain = phrase.last - phrase.first <= 2
        if len(known) > 1:
            return lambda bearer: id(bearer) in known
        if head in {"two", "both", "pair", "duo"}:
            return lambda _: plain
        if head in person_nouns():
            return lambda bearer: plain and bearer.person
        return lambda bearer: plain and not bearer.person

    def meant(
        self, phrase: Phrase, token: int, *, source: bool = False
    ) -> tuple[Bearer | None, float]:
        """Whom a phrase without a name means, and how sure that is."""
        found = None
        if phrase.definite and not phrase.plural:
            found = self._known(phrase, token)
        elif self._tags[phrase.first] == "PRP$":
            found = self._kin(phrase)
        if found is None and phrase.head in data.words("document_nouns.txt"):
            found = self._document(phrase, token)
        if found is None and source and not phrase.plural:
            found = self._ahead(phrase, token)
        return found or (self._itself(phrase), _OWN)

    def _known(self, phrase: Phrase, token: int) -> tuple[Bearer, float] | None:
        head = phrase.head
        linked = any(self._tags[k] == "IN" for k in range(phrase.first, phrase.last))
        linked = linked and self._layout.words[phrase.last - 1] != head
        if head.endswith("-year-old"):
            return self._aged(head, token)
        gender = person_nouns().get(head.partition("-of-")[0], "n")
        known = self._facts.roles.get(head, {})
        if gender != "n":
            known = {k: b for k, b in known.items() if b.gender in {gender, "n"}}
        if linked and (told := self._of_place(phrase, known)):
            found = self._among({id(told): told}, token)
            return None if found is None else (found[0], found[1] * _ROLE)
        if len(known) > 1 and not self._was(phrase):
            known = {k: b for k, b in known.items() if k not in self._facts.former} or known
        if len(known) > 1 and (fewer := self._from(phrase, known)):
            found = self._among(fewer, token)
            if found is not None:
                return found[0], found[1] * _ROLE
        if self._is_epithet(phrase) or self._was(phrase):
            if linked and not self._was(phrase):
                return None
            same = self._same_head(head, token)
            if not (same is None or known or same[0].phrase is None or self._was(phrase)):
                return same  # "a young woman" … "the woman"
            party = head in parties().values()
            before = {k: b for k, b in known.items() if b.names and b.names[0].first < token}
            alone = phrase.last - phrase.first == 1
            if alone and len(before) == 1 and gender == "n" and not party:
                found = self._among(before, token)
                if found is not None:
                    return found[0], found[1] * _ROLE
            found = self._salience.best(
                token,
                lambda b: (
                    _IN_ROLE * ((id(b) in known) - self._of_other_party(b, head))
                    if b.kind == "person" and (gender == "n" or b.gender in {gender, "n"})
                    else None
                ),
            )
            if found is not None:
                return found[0], found[1] * (_ROLE if id(found[0]) in known else _EPITHET)
        if linked:
            return None
        if known:
            found = self._among(known, token)
            if found is not None:
                return found[0], found[1] * _ROLE
        same = self._same_head(head, token)
        if same is not None and head in person_nouns():
            return same
        return self._body(phrase, token, same)

    def _is_epithet(self, phrase: Phrase) -> bool:
        """ "The billionaire", "the father-of-two", "the Croatian", "the 26-year-old Croatian"."""
        head = phrase.head
        if head in data.words("epithets.txt"):
            return True
        if "-of-" in head and head.partition("-of-")[0] in person_nouns():
            return True
        before = self._layout.words[phrase.first : phrase.last - 1]
        return head in data.words("demonyms.txt") and all(w.endswith("-year-old") for w in before)

    def _from(self, phrase: Phrase, known: dict[int, Bearer]) -> dict[int, Bearer]:
        """Those near whose names "Vermont" stood, for "the Vermont senator"."""
        marks = {w for w in self._layout.words[phrase.first : phrase.last - 1] if w[0].isupper()}
        return {
            key: bearer for key, bearer in known.items() if marks & self._facts.beside(key).keys()
        }

    def _of_place(self, phrase: Phrase, known: Mapping[int, Bearer]) -> Bearer | None:
        """For "the senator from Vermont" the one to whose names "Vermont" stood nearest."""
        words, tags = self._layout.words, self._tags
        links = [k for k in range(phrase.first, phrase.last) if tags[k] == "IN"]
        places = words[links[-1] + 1 : phrase.last] if links else ()
        if not places or not all(word[0].isupper() for word in places):
            return None
        distances: list[tuple[int, int]] = []
        for key in known:
            beside = self._facts.beside(key)
            near = [
                [far for word, far in beside.items() if _stands_for(word, place)]
                for place in places
            ]
            if all(near):
                distances.append((max(map(min, near)), key))
        distances.sort()
        if not distances or (len(distances) > 1 and distances[0][0] == distances[1][0]):
            return None
        return known[distances[0][1]]

    def _of_other_party(self, bearer: Bearer, head: str) -> bool:
        return head in parties().values() and any(
            id(bearer) in self._facts.roles.get(party, {})
            for party in parties().values()
            if party != head
        )

    def _kin(self, phrase: Phrase) -> tuple[Bearer, float] | None:
        """ "His wife": the only wife that the text has named."""
        known = self._facts.roles.get(phrase.head, {})
        if phrase.last - phrase.first != 2 or len(known) != 1:
            return None
        if phrase.head not in data.words("kin_nouns.txt"):
            return None
        return next(iter(known.values())), _KIN

    def _was(self, phrase: Phrase) -> bool:
        """ "the former governor": nobody but someone named is called so."""
        owned = "POS" in self._tags[phrase.first : phrase.last]
        return (
            self._layout.words[phrase.first].lower() in data.words("epithet_adjectives.txt")
            and not owned
        )

    def _same_head(self, head: str, token: int) -> tuple[Bearer, float] | None:
        """The entity that the same noun described, not too far back."""
        if head not in self._by_head:
            return None
        at, bearer = self._by_head[head]
        sentences = self._layout.sentence_of
        near = head in person_nouns() or sentences[token] - sentences[at] <= _NEAR
        return (bearer, _SAME) if near else None

    def _aged(self, head: str, token: int) -> tuple[Bearer, float] | None:
        known = self._facts.ages.get(head)
        if known:
            return self._among(known, token)
        found = self._salience.best(
            token, lambda b: 0.0 if b.person and id(b) not in self._facts.aged else None
        )
        return None if found is None else (found[0], found[1] * _EPITHET)

    def _among(self, known: dict[int, Bearer], token: int) -> tuple[Bearer, float] | None:
        """The most salient of some; or the only one, however far back."""
        found = self._salience.best(token, lambda b: 0.0 if id(b) in known else None)
        if found is None and len(known) == 1:
            bearer = next(iter(known.values()))
            if bearer.names and bearer.names[0].first < token:
                return bearer, 0.9
        return found

    def _body(
        self, phrase: Phrase, token: int, same: tuple[Bearer, float] | None
    ) -> tuple[Bearer, float] | None:
        """ "the agency", "the town": a body whose name has the word, else the last body."""
        head = phrase.head
        places = data.words("place_nouns.txt")
        if head not in places and head not in data.words("organization_nouns.txt"):
            return same
        length = phrase.last - phrase.first
        named = self._facts.bodies.get(head)
        if named and length <= 2 and not phrase.makers:
            found = self._among(named, token)
            if found is not None:
                return found[0], _SAME
        if same is not None and head not in places:
            return same
        generic = head in places or head in data.words("generic_bodies.txt")
        if length == 1 and generic and head not in data.words("document_nouns.txt"):
            fits = coreference.as_place if head in places else coreference.as_named_body
            found = self._salience.best(token, fits)
            if found is not None:
                return found[0], found[1] * _LAST
        return None

    def _document(self, phrase: Phrase, token: int) -> tuple[Bearer, float] | None:
        """A poll, study or report by whom it names; "the poll": the last one."""
        makers = [self._of_name[index] for index in phrase.makers]
        if makers:
            by = any(word in _BY for word in self._layout.words[phrase.first : phrase.last])
            bearer = makers[-1] if by else makers[0]
            self._makers[phrase.head] = bearer
            self._last_document = (token, bearer)
            return bearer, _ROLE
        if phrase.last - phrase.first > 2:
            return None
        made = self._facts.made.get(phrase.head, [])
        if phrase.definite:
            before = [bearer for at, bearer in made if at < token]
            known = before[-1] if before else self._makers.get(phrase.head)
            if known is not None:
                return known, _SAME
        if made and (phrase.definite or self._leads(token)):
            return made[0][1], _AHEAD
        return self._other_word(phrase, token) if phrase.definite else None

    def _other_word(self, phrase: Phrase, token: int) -> tuple[Bearer, float] | None:
        """ "the paper" for a study, where nothing was called a paper."""
        if phrase.plural or self._last_document is None:
            return None
        if self._same_head(phrase.head, token) is not None:
            return None
        at, bearer = self._last_document
        sentences = self._layout.sentence_of
        return (bearer, _LAST) if sentences[token] - sentences[at] <= _NEAR else None

    def _leads(self, token: int) -> bool:
        return self._layout.sentence_of[token] < _LEAD

    def _ahead(self, phrase: Phrase, token: int) -> tuple[Bearer, float] | None:
        """ "A federal judge" of the first sentences: the judge named first below."""
        if not self._leads(token):
            return None
        bare = self._tags[phrase.first - 1] != "DT" if phrase.first else True
        known = (self._facts.roles if bare else self._facts.offices).get(phrase.head)
        if known and (told := self._of_place(phrase, known)):
            return told, _AHEAD
        if not known:
            return self._body_ahead(phrase, token)
        if bare and len(known) == 1 and phrase.head in person_nouns():
            return next(iter(known.values())), _AHEAD  # as headlines have it
        later = [b for b in known.values() if b.names and b.names[0].first > token]
        if len(later) != len(known):
            return None
        return min(later, key=lambda b: b.names[0].first), _AHEAD

    def _body_ahead(self, phrase: Phrase, token: int) -> tuple[Bearer, float] | None:
        """ "A committee of peers": the only committee, where the text names it soon after."""
        named = self._facts.bodies.get(phrase.head, {})
        if len(named) != 1 or phrase.definite or phrase.makers:
            return None
        body = next(iter(named.values()))
        sentences = self._layout.sentence_of
        first = body.names[0].first if body.names else -1
        near = token < first and sentences[first] - sentences[token] <= _LEAD
        return (body, _AHEAD) if near and body.words[-1].lower() == phrase.head else None

    def _itself(self, phrase: Phrase) -> Bearer:
        """The entity of a source without a name, one for each wording."""
        layout = self._layout
        first = phrase.first
        while first < phrase.last - 1 and self._tags[first] in {"PRP$", "WP$"}:
            first += 1
        last = phrase.last
        while last - 1 > first and self._tags[last - 1] == "POS":
            last -= 1
        text = " ".join(layout.text[layout.starts[first] : layout.ends[last - 1]].split())
        key = text.casefold()
        bearer = self._own.get(key)
        if bearer is None:
            kind = cast("SpeakerKind", kind_of_head(phrase.head, plural=phrase.plural))
            gender = person_nouns().get(singular(phrase.head), "n")
            bearer = Bearer((text,), person=False, gender=gender, kind=kind, phrase=text)
            self._own[key] = bearer
        if not phrase.definite or phrase.last - first > 1:
            self._by_head[phrase.head] = (phrase.first, bearer)
            for other in role_kinds().get(phrase.head, ()):
                self._by_head.setdefault(other, (phrase.first, bearer))  # "a source": "the insider"
        if bearer.kind == "document" and not phrase.plural:
            self._last_document = (phrase.first, bearer)
        bearer.mentions.add((phrase.first, phrase.last))
        return bearer
