"""What may stand between a cue and its content, and whether a clause begins there."""

from __future__ import annotations

from quotetrack.attribution.phrases import TIMES, is_time, noun_phrase_after
from quotetrack.attribution.reading import FINITE, Reading

WH = frozenset(["what", "why", "how", "whether", "if", "who", "where", "when", "which"])
OPENS_CONTENT = WH | {"that"}
STOPS = frozenset((".", "!", "?", "…", "..."))
LONGEST_ADJUNCT = 25
_AMOUNTS = {"at": "least", "as": "many", "more": "than", "up": "to"}
_NO_ADJUNCT = WH | {"that", "because", "as", "while", "although", "than", "like"}
DENIES = frozenset(("not", "never"))


def is_adjunct(reading: Reading, i: int) -> bool:
    tag = reading.tags[i]
    if tag not in {"RB", "RP"} and (tag == "EX" or reading.lower[i] not in TIMES):
        return False
    return not _is_amount(reading, i)


def _is_amount(reading: Reading, i: int) -> bool:
    """Whether "at least 12" or "as many as 60" begins: a subject, no adjunct."""
    second = _AMOUNTS.get(reading.lower[i])
    return (
        second is not None
        and reading.lower[i + 1 : i + 2] == [second]
        and "CD" in reading.tags[i + 2 : i + 4]
    )


def starts_clause(reading: Reading, i: int, high: int, commas: int = 2) -> bool:
    """Whether a subject and a finite verb begin at token i, at most so many commas between."""
    tags, lower = reading.tags, reading.lower
    if i >= high:
        return False
    if (
        tags[i] in FINITE
        or lower[i] in {"nor", "or"}
        or (
            tags[i] in {"IN", "TO"}
            and lower[i] not in {"if", "when", "because"}
            and not _is_amount(reading, i)
        )
    ):
        return False
    relative = False
    nominal = False
    for k in range(i, min(high, i + 30)):
        tag = tags[k]
        if tag in FINITE:
            if not relative:
                return nominal
            relative = False
        elif lower[k] in {"who", "which", "that"} and tag in {"WP", "WDT"}:
            relative = True
        elif lower[k] in {";", ":"} or lower[k] in STOPS:
            return False
        elif lower[k] == ",":
            commas -= 1
            if commas < 0:
                return False
        elif tag[:2] in {"NN", "PR", "DT", "EX", "CD", "JJ"}:
            nominal = True
    return False


def skip_adjuncts(reading: Reading, i: int, high: int, *, person: bool) -> int:
    """Pass what may stand between a cue and its content: "Tuesday", "in an interview with X"."""
    tags, lower = reading.tags, reading.lower
    limit = min(high, i + LONGEST_ADJUNCT)
    if person and i < limit and reading.opens[i] < 0 and lower[i] not in OPENS_CONTENT:
        addressee = noun_phrase_after(reading, i, limit)
        if addressee is not None and not (
            starts_clause(reading, i, high) and not _addressee_only(reading, addressee[1], high)
        ):
            i = addressee[1]
    while i < limit:
        if reading.opens[i] >= 0:
            break
        if is_adjunct(reading, i) and lower[i] not in WH:
            if lower[i] in DENIES and tags[i + 1 : i + 2] == ["TO"]:
                break  # "vowed not to give in"
            i += 1
        elif tags[i] == "IN" or tags[i] == "TO":
            if lower[i] in _NO_ADJUNCT:
                break
            if _is_amount(reading, i):
                break
            if i + 1 < limit and tags[i] == "TO" and tags[i + 1] == "VB":
                break
            phrase = noun_phrase_after(reading, i + 1, limit) if i + 1 < limit else None
            if phrase is None or any(reading.opens[k] >= 0 for k in range(*phrase)):
                break
            i = phrase[1]
        elif lower[i] == "," and i + 2 < limit and lower[i + 1] == "however":
            i += 2 + (lower[i + 2] == ",")
        else:
            break
    return i


def _addressee_only(reading: Reading, i: int, high: int) -> bool:
    """Whether what follows an addressee is content, not the addressee's own verb."""
    if i >= high:
        return True
    return (
        reading.lower[i] in OPENS_CONTENT
        or reading.lower[i] in {",", ":", "to"}
        or (i + 1 < high and is_time(reading, i + 1))
        or reading.opens[i] >= 0
        or reading.tags[i][:2] in {"PR", "DT", "NN", "IN", "EX", "RB", "TO"}
    )
