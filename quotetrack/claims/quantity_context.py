"""What the words around a figure add: a bound, a rise or fall, a rate, what is counted."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from quotetrack import data
from quotetrack.claims.any_of import any_of

if TYPE_CHECKING:
    from quotetrack.claims.figure import Figure
    from quotetrack.models import Change, Qualifier

_BEFORE = 48
"""Characters before a figure that are looked at."""
_MARKS: dict[str, Qualifier] = {
    "~": "about", "≈": "about", "±": "about", ">": "more_than", "≥": "at_least",
    "<": "less_than", "≤": "up_to",
}  # fmt: skip
_HUNDREDS = r"(?P<many>100,000|10,000|1,000|million|thousand|hundred)"
_PER = re.compile(
    rf"(?:(?:\s(?:more|less|extra))?\s+(?:for\s+every|an?|per|each|every)\s+|\s?/\s?|-an?-)(?:{_HUNDREDS}|(?P<noun>(?:square\s)?[a-z]{{2,12}}(?:-hour)?))(?![\w-])"
)
_PER_MANY = re.compile(rf"(?:\s[a-z-]+){{1,3}}?\s(?:per|for\severy)\s{_HUNDREDS}(?![\w-])")
_DURING = re.compile(
    r"(?<!for)(?<!took)(?<!takes)(?<!spent)(?<!lasted)(?<!of)(?<!after)(?<!just)(?<!well)(?<!than)"
    r"(?<!is)(?<!was)(?<!been)(?<!little)(?<!slightly)(?<!bit)\sover\s(?:the\s)?$",
    re.IGNORECASE,
)
_NO_RATE = re.compile(r"\s(?:ago|earlier|later|before|after|from|since)\b")
_ADVERB = re.compile(
    r",?\s(annually|yearly|monthly|weekly|daily|hourly)"
    r"(?=\s*(?:[.,;:)—–]|$)|\s(?:in|for|to|from|on|by|at|and|or|since|until|through|with)\b)"
)
_ADVERBS = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day",
    "hourly": "hour",
}  # fmt: skip
_NAMES = {"annum": "year", "head": "person", "capita": "person", "metre": "meter", "liter": "litre"}
_OF = re.compile(r"\s+of(?=\s)")
_NEXT_WORD = re.compile(r"[\s\u00a0]((?:[A-Z]\.){2,4}|[^\W\d_][\w’'-]{0,30})")
_PRONOUNS = frozenset(("them", "us", "you", "whom", "which", "it"))
_MOST_WORDS = 6
_PLURAL = re.compile(r"(?i:\w{2,}(?:[^s\Wui]s|men|ies|ches|shes|sses|xes))$")


@cache
def _qualifiers(name: str) -> dict[str, Qualifier]:
    found: dict[str, Qualifier] = {}
    for line in data.lines(name):
        qualifier, words = line.split(" | ")
        for word in words.split(","):
            found[word.strip()] = cast("Qualifier", qualifier)
    return found


@cache
def _before_pattern() -> re.Pattern[str]:
    forms = any_of(_qualifiers("qualifiers_before.txt"))
    filler = r"(?:(?:just|only|a|an|another|about|half)\s+)?"
    mark = r"(?:(?:(?<=past)|(?<=topped)|(?<=passed)|(?<=exceeded)|(?<=topping))\s+the)?"
    return re.compile(rf"(?<![\w-])({forms})(?i:{mark}\s+{filler}$)")


@cache
def _skipped_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_of(_qualifiers('qualifiers_before.txt'))})\s+)?", re.IGNORECASE)


@cache
def _after_pattern() -> re.Pattern[str]:
    forms = any_of(_qualifiers("qualifiers_after.txt"))
    return re.compile(rf"\s*[+]|[\s,-]{{1,2}}({forms})(?![\w-])", re.IGNORECASE)


def finish(text: str, figure: Figure, begin: int, done: int) -> Figure:
    """The figure with what the words before ``begin`` (not before ``done``) and after it say."""
    qualifier, where = qualifier_before(text, begin, done)
    if figure.dimension == "time" and _DURING.search(text, max(0, begin - _BEFORE), begin):
        qualifier = "exact"
    if qualifier in {"exact", "about"}:  # "about 500 or more" is a bound
        after = _qualifier_after(text, figure.end)
        qualifier = qualifier if after == "exact" else after
    if qualifier == "exact":
        qualifier = figure.qualifier
    per, end = _per_after(text, figure.end)
    of = _counted_after(text, figure.end, figure)
    if of is None and end != figure.end:
        of = _counted_after(text, end, figure)
    change = figure.change or change_before(text, where, done) or _change_after(text, end)
    return figure._replace(
        end=end if per and per.isdigit() else figure.end,
        qualifier=qualifier,
        per=per,
        of=of,
        change=change,
    )


def qualifier_before(text: str, at: int, done: int = 0) -> tuple[Qualifier, int]:
    """The bound that the words before the offset set, and where they begin."""
    if text[at - 1 : at] in _MARKS and at > done:
        return _MARKS[text[at - 1]], at - 1
    match = _before_pattern().search(text, max(done, at - _BEFORE), at)
    if match is None or _is_topic(text, match):
        return "exact", at
    return _qualifiers("qualifiers_before.txt")[match[1].lower()], match.start()


@cache
def _topic_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data.lines('topic_words.txt'))})\s$", re.IGNORECASE)


def _is_topic(text: str, match: re.Match[str]) -> bool:
    """ "his comment about 47 percent": of it, not nearly it."""
    if match[1].lower() != "about":
        return False
    return _topic_pattern().search(text, max(0, match.start() - 16), match.start()) is not None


def qualifier_words(text: str, at: int) -> int:
    """The offset after the words of a bound that begin here; the same where there are none."""
    match = _skipped_pattern().match(text, at)
    return match.end() if match else at


def _qualifier_after(text: str, end: int) -> Qualifier:
    """The bound that the words after the offset set."""
    match = _after_pattern().match(text, end)
    if match is None:
        return "exact"
    word = (match[1] or "plus").lower()
    if word == "plus" and match[1] and text[end : end + 1] != "-":
        return "exact"
    if text[match.end() : match.end() + 5].lower() == " than":
        return "exact"
    return _qualifiers("qualifiers_after.txt")[word]


@cache
def _changes() -> dict[str, tuple[Change, str]]:
    """Word -> rise or fall, and where it stands (see rises.txt)."""
    found: dict[str, tuple[Change, str]] = {}
    for line in data.lines("rises.txt"):
        change, word, where = line.split()
        found[word] = (cast("Change", change), where)
    return found


def _words_of_change(wanted: str) -> list[str]:
    forms = [w for w, (_, where) in _changes().items() if wanted in where.split("/")]
    return sorted(forms, key=lambda w: (-len(w), w))


@cache
def _change_before_pattern() -> re.Pattern[str]:
    near = rf"(?:{any_of(_words_of_change('before'))})"
    links = r"(?:\s+(?:by|of|to|another|a|an|further|as|much|in|value|price|only|just))*"
    by = rf"(?:{any_of(_words_of_change('by'))})"
    between = r"(?:\s+[\w’'-]+){0,4}?\s+by(?:\s+(?:another|a|an|as|much|some))*"
    return re.compile(
        rf"(?<![\w-])(?:(?P<near>{near})(?i:{links})|(?P<by>{by})(?i:{between}|\s+to))\s*$"
    )


@cache
def _change_after_pattern() -> re.Pattern[str]:
    after, than = ("|".join(_words_of_change(where)) for where in ("after", "than"))
    return re.compile(
        rf"(?:[\s-](?:in|year-over-year|year-on-year|annual|monthly|overall|pay|price|tax|or))*"
        rf"[\s-](?P<word>{after}|(?:{than})(?=\sthan\b))"
        r"(?![\w-])"
    )


def change_before(text: str, at: int, done: int = 0) -> Change | None:
    """Whether the words before say that something rose or fell by, or to, the figure."""
    match = _change_before_pattern().search(text, max(done, at - _BEFORE), at)
    if match is None:
        return None
    word = (match["near"] or match["by"]).lower()
    if word in {"up", "down"} and _phrasal().search(
        text, max(0, match.start() - 12), match.start()
    ):
        return None
    return _changes()[word][0]


@cache
def _phrasal() -> re.Pattern[str]:
    """Verbs that "up" or "down" belongs to without a change: "eat up 14 cents"."""
    return re.compile(rf"\b(?:{'|'.join(data.lines('phrasal_verbs.txt'))})\s$", re.IGNORECASE)


def _change_after(text: str, end: int) -> Change | None:
    """ "a 5 percent increase", "2% lower"."""
    match = _change_after_pattern().match(text, end)
    return _changes()[match["word"]][0] if match else None


def _per_after(text: str, end: int) -> tuple[str | None, int]:
    """The denominator of a rate ("$9 an hour", "12 per 100,000"), and where it ends."""
    match = _PER.match(text, end) or _PER_MANY.match(text, end)
    if match is None:
        adverb = _ADVERB.match(text, end)
        return (_ADVERBS[adverb[1]], adverb.end()) if adverb else (None, end)
    if match["many"]:
        return match["many"].replace(",", ""), match.end()
    noun = match["noun"]
    if noun.removeprefix("square ") not in data.words("rate_nouns.txt") or _NO_RATE.match(
        text, match.end()
    ):
        return None, end
    return _NAMES.get(noun, noun), match.end()


def _counted_after(text: str, end: int, figure: Figure) -> str | None:
    """The noun phrase that a figure counts ("Italian companies") or is a share of."""
    if figure.dimension not in {"count", "ratio"} or figure.unit == "times":
        return None
    of = _OF.match(text, end)
    if of is None and figure.dimension == "ratio":
        return None
    at = of.end() if of else end
    words: list[str] = []
    plural = False
    while len(words) < _MOST_WORDS and (match := _NEXT_WORD.match(text, at)) is not None:
        word = match[1]
        lower = word.lower()
        if lower in data.words("phrase_ends.txt") and (words or not of):
            break
        if lower in _PRONOUNS:
            return word
        words.append(word)
        at = match.end()
        plural = _is_plural(word)
        if plural:
            if word.lower() in data.words("irregular_plurals.txt"):
                words += _plural_after(text, at)  # "police officers"
            break
    if not plural:
        words = _without_verb(words)
    named = any(word.lower() not in data.words("phrase_ends.txt") for word in words)
    return " ".join(words) if named and (plural or of) else None


def _plural_after(text: str, at: int) -> list[str]:
    match = _NEXT_WORD.match(text, at)
    if match is None or match[1].lower() in data.words("phrase_ends.txt"):
        return []
    return [match[1]] if _PLURAL.match(match[1]) and text[at - 1].isalpha() else []


def _without_verb(words: list[str]) -> list[str]:
    """ "the grain spoiled": the phrase ends before a past tense."""
    verb = next((i for i, word in enumerate(words) if i > 1 and _is_past(word)), None)
    return words[:verb]


@cache
def _past_forms() -> frozenset[str]:
    forms = (line.split() for line in data.lines("irregular_verbs.txt"))
    return frozenset(form for form, base in forms if form != base)


def _is_past(word: str) -> bool:
    return word.endswith("ed") or word in _past_forms()


def _is_plural(word: str) -> bool:
    return word.lower() in data.words("irregular_plurals.txt") or _PLURAL.match(word) is not None
