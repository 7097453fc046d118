"""Earlier fact-checks for a claim: ClaimReview records, ranked by BM25.

Words count as stems, figures by value ("8.6 billion" and "8,600,000,000" are one term) and
count double, as do names.  Method: Robertson and Zaragoza, The Probabilistic Relevance
Framework: BM25 and Beyond (2009), k1 = 1.2, b = 0.6.
"""

from __future__ import annotations

import heapq
import json
import math
import os
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from quotetrack import data
from quotetrack.facts.tokens import Words, read
from quotetrack.formats.documents import Origin, Problem, ReadError
from quotetrack.formats.encodings import decode
from quotetrack.models import Claim
from quotetrack.text.stems import stem

__all__ = ["Review", "ReviewMatch", "Reviews", "match_reviews"]

_SATURATION = 1.2
_LENGTH = 0.6
_FIGURE = 2.0
_NAME = 1.5
_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".jsonld"))
_FEWEST = 100
"""Reviews that are assumed at least, so that in a small collection a word that one review has
still weighs nearly as much as a word that none has."""
_DEPTH = 8
"""How deep a review may lie in a JSON-LD document."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Review(_Frozen):
    """A published fact-check, from schema.org ClaimReview."""

    claim: str = Field(description="The claim that was checked (claimReviewed).")
    claimant: str | None = Field(default=None, description="Who made it (itemReviewed.author).")
    rating: str | None = Field(
        default=None, description="The verdict in words (reviewRating.alternateName or its value)."
    )
    publisher: str | None = Field(default=None, description="Who checked it.")
    url: str | None = Field(default=None, description="Where the fact-check stands.")
    published: date | None = Field(default=None, description="When it appeared.")


class ReviewMatch(_Frozen):
    """A fact-check that may answer a claim."""

    review: Review
    score: float = Field(ge=0, description="BM25; comparable for one claim only.")
    overlap: float = Field(
        ge=0, le=1, description="Share of the claim's words, by weight, that the review has."
    )
    shared: tuple[str, ...] = Field(description="The claim's words that the review has, in order.")


class Reviews:
    """An index of fact-checks, built once and asked often.

    Attributes:
        items: The reviews in reading order.
        problems: Files, lines and records that are no ClaimReview, each with its place.
    """

    def __init__(self, reviews: Iterable[Review], problems: Iterable[Problem] = ()) -> None:
        self.items = tuple(reviews)
        self.problems = tuple(problems)
        self._places: dict[str, array[int]] = {}
        self._counts: dict[str, array[int]] = {}
        lengths = array("L")
        for number, review in enumerate(self.items):
            terms = Counter(term for term, _ in _terms(_text(review)))
            lengths.append(sum(terms.values()))
            for term, count in terms.items():
                places = self._places.get(term)
                if places is None:
                    places = self._places[term] = array("L")
                    self._counts[term] = array("L")
                places.append(number)
                self._counts[term].append(count)
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._norms = [
            _SATURATION * (1 - _LENGTH + _LENGTH * length / (mean or 1.0)) for length in lengths
        ]

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Index a JSON-LD file, a JSON Lines file or a folder of them.

        A JSON-LD file may hold one object, a list, a ``@graph`` or a feed
        (``dataFeedElement``); the reviews in it are found wherever they lie.  What cannot
        be read is left out and kept in ``problems``.

        Raises:
            OSError: The path cannot be read.
        """
        problems: list[Problem] = []
        found = [review for file in _files(Path(path)) for review in _read_file(file, problems)]
        return cls(found, problems)

    def __len__(self) -> int:
        return len(self.items)

    def match(self, claim: Claim | str, limit: int = 10) -> tuple[ReviewMatch, ...]:
        """The reviews that share words, names or figures with the claim, best first.

        Args:
            claim: A claim, or its words.
            limit: How many at most.

        Raises:
            TypeError: ``claim`` is of another type.
            ValueError: ``limit`` is less than 1.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        weights = {term: boost * self._rarity(term) for term, boost in _wanted(claim).items()}
        scores = self._scores(weights, limit)
        total = sum(weights.values())
        best = heapq.nsmallest(limit, scores.items(), key=lambda item: (-item[1], item[0]))
        return tuple(self._result(number, score, weights, total) for number, score in best)

    def _rarity(self, term: str) -> float:
        known = len(self._places.get(term, ()))
        size = max(len(self.items), _FEWEST)
        return math.log(1 + (size - known + 0.5) / (known + 0.5))

    def _scores(self, weights: dict[str, float], limit: int) -> dict[int, float]:
        """Number of a review -> score, for all that may be among the best.

        Rare words come first; once no review without them can reach the best, the common
        ones are only looked up for those that may (Turtle and Flood, Query Evaluation:
        Strategies and Optimizations, 1995: max-score).
        """
        terms = sorted((t for t in weights if t in self._places), key=weights.__getitem__)
        most = list(accumulate(weights[term] * (_SATURATION + 1) for term in terms))
        scores: dict[int, float] = {}
        norms = self._norms
        while terms:
            least = heapq.nlargest(limit, scores.values())[-1] if len(scores) >= limit else 0.0
            term, rest = terms.pop(), most.pop()
            places, counts = self._places[term], self._counts[term]
            factor = weights[term] * (_SATURATION + 1)
            if least > rest:
                scores = {n: score for n, score in scores.items() if score + rest >= least}
                for number in scores:
                    at = bisect_left(places, number)
                    if at < len(places) and places[at] == number:
                        scores[number] += factor * counts[at] / (counts[at] + norms[number])
                continue
            for number, count in zip(places, counts, strict=True):
                gain = factor * count / (count + norms[number])
                scores[number] = scores.get(number, 0.0) + gain
        return scores

    def _result(
        self, number: int, score: float, weights: dict[str, float], total: float
    ) -> ReviewMatch:
        review = self.items[number]
        there = {term for term, _ in _terms(_text(review))}
        shared = tuple(term for term in weights if term in there)
        weight = sum(weights[term] for term in shared)
        return ReviewMatch(
            review=review,
            score=round(score, 4),
            overlap=round(min(1.0, weight / total), 4) if total else 0.0,
            shared=tuple(term.removeprefix("#") for term in shared),
        )


def match_reviews(
    claim: Claim | str,
    reviews: Reviews | Iterable[Review] | str | os.PathLike[str],
    limit: int = 10,
) -> tuple[ReviewMatch, ...]:
    """Rank earlier fact-checks for a claim.

    Args:
        claim: A claim, or its words.
        reviews: `Reviews`, built once where many claims are matched; reviews; or the path
            of a ClaimReview JSON-LD file, a JSON Lines file or a folder (indexed at the
            first call, again when the file or the folder's list of files changes).
        limit: How many at most.

    Returns:
        Matches, best first; those that share no word, name or figure are left out.

    Raises:
        TypeError: An argument is of another type.
        ValueError: ``limit`` is less than 1.
        OSError: The path cannot be read.
    """
    if isinstance(reviews, str | os.PathLike):
        path = Path(reviews)
        reviews = _loaded(str(path), path.stat().st_mtime_ns)
    elif not isinstance(reviews, Reviews):
        given = tuple(reviews)
        for review in given:
            if not isinstance(review, Review):
                raise TypeError(f"reviews must hold Review objects, not {type(review).__name__}")
        reviews = Reviews(given)
    return reviews.match(claim, limit)


@lru_cache(maxsize=2)
def _loaded(path: str, changed: int) -> Reviews:  # noqa: ARG001  (part of the key)
    return Reviews.load(path)


# Terms.


def _text(review: Review) -> str:
    return f"{review.claim}\n{review.claimant}" if review.claimant else review.claim


def _terms(text: str) -> Iterator[tuple[str, float]]:
    """The terms of a text, each with the weight of its sort."""
    words = read(text)
    empty = data.words("empty_words.txt")
    for i, key in enumerate(words.keys):
        if key[0] == "#":
            yield key, _FIGURE
        elif key not in empty:
            yield _term(key), _NAME if _is_name(words, i) else 1.0


@cache
def _term(key: str) -> str:
    """Possessives lose their s with the plural."""
    return stem(key)


def _is_name(words: Words, i: int) -> bool:
    """Whether the word has a capital that does not open a sentence."""
    start = words.starts[i]
    return (
        i > 0
        and words.text[start].isupper()
        and words.gap(i)[-1:] in {" ", "-", "\u00a0"}
        and (words.gap(i).strip()[-1:] not in {".", "!", "?", ":"})
    )


def _wanted(claim: Claim | str) -> dict[str, float]:
    """The terms to look for, each with its weight, in order of appearance."""
    if isinstance(claim, Claim):
        text = f"{claim.text}\n{claim.speaker.name}" if claim.speaker is not None else claim.text
    elif isinstance(claim, str):
        text = claim
    else:
        raise TypeError(f"claim must be a Claim or a str, not {type(claim).__name__}")
    wanted: dict[str, float] = {}
    for term, boost in _terms(text):
        wanted[term] = max(boost, wanted.get(term, 0.0))
    return wanted


# Reading.


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in _SUFFIXES
    )


def _read_file(path: Path, problems: list[Problem]) -> Iterator[Review]:
    file = str(path)
    try:
        text, _ = decode(path.read_bytes())
    except ReadError as error:
        problems.append(Problem(Origin(file), str(error)))
        return
    text = text.removeprefix("\ufeff")
    if path.suffix.lower() not in {".jsonl", ".ndjson"}:
        try:
            yield from _reviews(json.loads(text), Origin(file), problems)
        except (ValueError, RecursionError) as error:
            # A file of lines under another name is read by lines.
            if "\n{" not in text.strip():
                problems.append(Problem(Origin(file), f"not valid JSON: {error}"))
                return
        else:
            return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        origin = Origin(file, number)
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(origin, f"not valid JSON: {error}"))
            continue
        yield from _reviews(record, origin, problems)


def _reviews(record: object, origin: Origin, problems: list[Problem]) -> Iterator[Review]:
    found = False
    for node in _nodes(record, 0):
        found = True
        try:
            yield _review(node)
        except ReadError as error:
            problems.append(Problem(origin, str(error)))
    if not found:
        problems.append(Problem(origin, "no ClaimReview here"))


def _nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    """The ClaimReview objects of a JSON value; those of this package's `Review` too."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", value.get("type"))
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if "ClaimReview" in kinds or "claimReviewed" in value or _is_own(value):
            yield value
            return
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _nodes(item, depth + 1)


def _is_own(value: dict[str, object]) -> bool:
    return isinstance(value.get("claim"), str) and value.keys() <= Review.model_fields.keys()


def _review(node: dict[str, object]) -> Review:
    if "claimReviewed" not in node and _is_own(node):
        values = {name: _words(node.get(name)) for name in Review.model_fields}
        claimant, rating = values["claimant"], values["rating"]
        claim, publisher, day = values["claim"], values["publisher"], node.get("published")
    else:
        item, score = _first(node.get("itemReviewed")), _first(node.get("reviewRating"))
        claim = _words(node.get("claimReviewed")) or _words(item.get("text")) or _words(item)
        claimant = _words(item.get("author"))
        rating = _words(score.get("alternateName")) or _words(score.get("ratingValue"))
        publisher = _words(node.get("author")) or _words(node.get("publisher"))
        day = node.get("datePublished")
    if not claim:
        raise ReadError("a ClaimReview without the claim (claimReviewed)")
    return Review(
        claim=claim,
        claimant=claimant,
        rating=rating,
        publisher=publisher,
        url=_words(node.get("url")),
        published=_day(day),
    )


def _first(value: object) -> dict[str, object]:
    """The object, or the first of a list of them; empty where there is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _words(value: object) -> str | None:
    """A text, a number as text, or the name of an object or of the first of a list."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value")
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(value: object) -> date | None:
    try:
        return datetime.fromisoformat(str(value).strip()).date() if value else None
    except ValueError:
        return None
