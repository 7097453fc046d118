"""Dates in other languages than English, as `dateparser` reads them.

Only a day, a word and a year in a row ("12 janvier 2015") are asked for, and only where
the word is no English one that our own patterns know; the library is imported at the first
such place, and one parser is kept, with fixed settings, because each new base date would
grow its caches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

from quotetrack import data
from quotetrack.claims.time_words import lexicon

_CANDIDATE = re.compile(
    r"([0-9](?<![0-9A-Za-z.,$€£/-][0-9])[0-9]?)(?:\.|er|º|ª)? (?:(?:de|di) )?"
    r"([^\W\d_]{3,10})\.? (?:(?:de|del|di) )?([0-9]{4})(?![0-9A-Za-z%])"
)


def foreign_dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Start, end and day of each date that has the shape and that dateparser knows."""
    for found in _CANDIDATE.finditer(text):
        word = found[2].lower()
        if word in lexicon() or word[:3] not in data.words("time_foreign_months.txt"):
            continue
        month = _month(word)
        if month is None:
            continue
        try:
            day = date(int(found[3]), month, int(found[1]))
        except ValueError:
            continue
        yield found.start(), found.end(), day


@lru_cache(maxsize=512)
def _month(word: str) -> int | None:
    parsed = _parser().get_date_data(f"1 {word} 2000").date_obj
    return None if parsed is None else int(parsed.month)


@cache
def _parser() -> Any:  # noqa: ANN401 - dateparser has no types
    from dateparser.date import DateDataParser  # noqa: PLC0415 - slow to import, seldom needed

    return DateDataParser(
        languages=["fr", "es", "it", "pt", "de", "nl"],
        settings={"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]},
    )
