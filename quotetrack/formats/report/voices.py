"""Who is quoted how much, over one article or many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.models import Article, Quote, QuoteKind, Speaker, SpeakerRef

NOBODY = 0
"""Number of the voice that stands for quotes whose speaker is not known."""


@dataclass(slots=True)
class Voice:
    """A speaker over all the articles of a report."""

    number: int
    name: str
    kind: str = ""
    role: str | None = None
    articles: set[int] = field(default_factory=set)
    quotes: int = 0
    words: dict[QuoteKind, int] = field(
        default_factory=lambda: {"direct": 0, "mixed": 0, "indirect": 0}
    )

    @property
    def total(self) -> int:
        """Words of all kinds."""
        return sum(self.words.values())

    def add(self, article: int, quote: Quote) -> None:
        """Count one quote."""
        self.articles.add(article)
        self.quotes += 1
        self.words[quote.kind] += sum(len(span.text.split()) for span in quote.spans)


class Voices:
    """The voices of a report.  Persons and organizations of one name count as one."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.all: list[Voice] = [Voice(NOBODY, "No speaker named")]
        self.of: list[list[Voice]] = []
        """For each article its voices, the most quoted first."""
        self._numbers: dict[tuple[int, str], int] = {}
        known: dict[tuple[object, ...], int] = {}
        for index, article in enumerate(articles):
            here: set[tuple[object, ...]] = set()
            for speaker in article.speakers:
                key = _key(index, speaker)
                if key in here:
                    key = (index, speaker.id)
                here.add(key)
                self._numbers[index, speaker.id] = self._number(known, key, speaker)
            self.of.append(self._count(index, article))
        self.all.sort(key=_rank)
        self._renumber()

    def _renumber(self) -> None:
        """Number by rank: numbers choose the colours, and the most quoted must differ."""
        spoken = [voice.number for voice in self.all if voice.number != NOBODY]
        place = {number: rank for rank, number in enumerate(spoken, start=NOBODY + 1)}
        place[NOBODY] = NOBODY
        for voice in (*self.all, *(voice for own in self.of for voice in own)):
            voice.number = place[voice.number]
        self._numbers = {key: place[number] for key, number in self._numbers.items()}

    def _number(
        self, known: dict[tuple[object, ...], int], key: tuple[object, ...], speaker: Speaker
    ) -> int:
        if key not in known:
            known[key] = len(self.all)
            self.all.append(Voice(len(self.all), speaker.name, speaker.kind, speaker.role))
        voice = self.all[known[key]]
        voice.role = voice.role or speaker.role
        return known[key]

    def _count(self, index: int, article: Article) -> list[Voice]:
        own: dict[int, Voice] = {}
        for speaker in article.speakers:
            whole = self.all[self.number(index, speaker)]
            own[whole.number] = Voice(whole.number, speaker.name, speaker.kind, speaker.role)
            whole.articles.add(index)
        for quote in article.quotes:
            number = self.number(index, quote.speaker)
            own.setdefault(number, Voice(number, self.all[number].name)).add(index, quote)
            self.all[number].add(index, quote)
        return sorted(own.values(), key=_rank)

    def number(self, article: int, speaker: Speaker | SpeakerRef | None) -> int:
        """The voice of a speaker of an article; `NOBODY` for None and for unknown ids."""
        return NOBODY if speaker is None else self._numbers.get((article, speaker.id), NOBODY)


def _key(article: int, speaker: Speaker) -> tuple[object, ...]:
    """What makes two speakers the same: "a resident" is another one in each article."""
    if speaker.kind in {"unnamed", "group"}:
        return (article, speaker.id)
    return (" ".join(speaker.name.split()).casefold(),)


def _rank(voice: Voice) -> tuple[bool, int, int]:
    return voice.number == NOBODY, -voice.total, voice.number
