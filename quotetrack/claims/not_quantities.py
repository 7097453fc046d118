"""Numbers that are no figures: dates, times of day, ages, names, labels, identifiers."""

from __future__ import annotations

import re
from functools import cache

from quotetrack import data
from quotetrack.claims.units import sign_pattern, unit_after

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June"
    r"|July|August|September|October|November|December)"
)
_LABELS = re.compile(
    r"|".join(
        (
            rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s+\d{{4}}\b)?",  # 3 May 2024
            r"\d{4}-\d{1,2}-\d{1,2}\b|\d{1,2}/\d{1,2}/\d{2,4}\b|\d{1,2}[.-]\d{1,2}[.-]\d{4}\b",
            r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d{2})?\s?[ap](?:\.m\.|m\b)",
            r"\d{1,2}\s+o[’']clock\b|(?i:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+o[’']clock\b)",
            r"(?:\+?\d{1,2}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",  # telephone
            r"\d{1,4}(?:st|nd|rd|th)\b",
            r"\d{2,4}[’']?s\b(?!\w)",  # 1990s, 50s
            r"\d{1,3}(?:\.\d{1,3}){2,}",  # versions, addresses of machines
            r"(?i:9/11|24/7|7/7)\b",
        )
    )
)
_AGE_AFTER = re.compile(
    r"-(?:\s(?:to|or|and)\s\d{1,2}-)?(?:year|month|week|day)s?-olds?\b|\s(?:year|yr)[\s-]olds?\b"
)
_AGES = re.compile(
    r"\bage[sd]?\s(?:of\s|between\s|from\s)*(?:\d{1,2}\s?(?:to|and|or|-|–)\s?)?$", re.IGNORECASE
)
_AGE_BETWEEN = re.compile(r",(?=\s|$)|\s?[―—–]|\.(?=\s|$)")
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?\s+$")
_WORD_BEFORE = re.compile(r"([\w.’'&-]{1,30})[\s\u00a0]$")
_LIST = re.compile(r"(?:^|\n)[ \t]*$")
_PREPOSITION_OF_TIME = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|of|for|the|late|early|mid|spring|summer"
    r"|autumn|fall|winter|through|to|and|between|around|year|fiscal|FY|class of|circa)[\s-]$",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"\s+(?!in\b|and\b|or\b|was\b|is\b|to\b|the\b|as\b|has\b|this\b|its\b|his\b|us\b)[a-z][a-z’'-]*(?:s|people|men|women|children)\b|\s+[a-z-]+\s+[a-z-]+s\b"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}(?![\d,.]\d)(?!\w)")
_ONE = re.compile(r"one(?![\w])", re.IGNORECASE)
_ONE_COUNTS = re.compile(
    r"one\s+(?:in|out\s+of|of\s+every)\s+\w|one[\s-](?:hundred|thousand|million|billion|trillion|half|third|quarter|fourth|fifth|percent|per\s+cent|mile|dollar|euro|pound|percentage)",
    re.IGNORECASE,
)


@cache
def _names() -> re.Pattern[str]:
    names = sorted(data.lines("names_with_numbers.txt"), key=lambda n: (-len(n), n))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def label_end(text: str, start: int, done: int) -> int | None:
    """Where something ends that begins here and is no figure; None: it may be one."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "_@#") and text[start].isdigit():
        # "G7", "A10", "COVID-19": but "Rs20", "US$20" and "€5" are money
        before = re.compile(r"[A-Za-z$€£]+$").search(text, max(0, start - 6), start)
        if before is None or not _is_currency(before[0]):
            return _run_end(text, start)
    window = max(0, start - 16)
    for match in _names().finditer(text, window, start + 24):
        if match.start() <= start < match.end():
            return match.end()
    match = _LABELS.match(text, start)
    if match is not None:
        return match.end()
    if (
        _ONE.match(text, start)
        and unit_after(text, start + 3, digits=False) is None
        and not _ONE_COUNTS.match(text, start)
        and len(text) > _FRAGMENT
    ):
        return start + 3
    if text[start].isdigit():
        return _digits_label(text, start, done)
    end = re.compile(r"[\w-]+").match(text, start)
    if end and _AGE_AFTER.match(text, start + len(end[0].split("-")[0])):
        return end.end()
    return None


_FRAGMENT = 24
"""A text no longer than this is all figure: "one" counts."""


def _is_currency(letters: str) -> bool:
    return sign_pattern().fullmatch(letters) is not None


def _run_end(text: str, start: int) -> int:
    match = re.compile(r"[\w]+(?:[-.][\w]+)*").match(text, start)
    return match.end() if match else start + 1


def _digits_label(text: str, start: int, done: int) -> int | None:
    digits = re.compile(r"\d+").match(text, start)
    assert digits is not None
    end = digits.end()
    after = text[end : end + 1]
    if _AGE_AFTER.match(text, end):
        return end
    if after.isalpha() and re.compile(r"\d+[A-Z][A-Za-z]*\d|\d+[A-Z]{2,}\d").match(text, start):
        return _run_end(text, start)
    if (
        start
        and text[start - 1] == "-"
        and start > 1
        and text[start - 2].isalpha()
        and done < start - 1
    ):
        return _run_end(text, start)  # "COVID-19"
    before = text[max(0, start - 20) : start]
    if _MONTH_BEFORE.search(before) and len(digits[0]) in {1, 2, 4}:
        year = re.compile(
            r"(?:st|nd|rd|th)?(?:\s?(?:to|and|-|–)\s?\d{1,2}\b(?!\s[a-z]))?(?:,?\s+\d{4}\b)?"
        ).match(text, end)
        return year.end() if year else end
    if _AGES.search(before):
        return end
    if before[-1:] in {"'", "’", "‘"} and len(digits[0]) == 2 and not before[-2:-1].isalnum():
        return end  # '19
    if (
        re.search(r"\bthe\s$", before)
        and after in {".", ",", "”", '"', "?"}
        and not text[end + 1 : end + 2].isdigit()
    ):
        return end
    if _LIST.search(before) and after in {".", ")"} and text[end + 1 : end + 2] in {" ", "\t"}:
        return end
    # ", 36," or ", 36." after a name
    aged = before[-2:] == ", " and len(digits[0]) == 2 and _AGE_BETWEEN.match(text, end)
    if aged and re.search(r"[A-Z][\w’'-]*,\s$", before):
        return end
    if _YEAR.match(text, start) and text[start - 1 : start] not in {"$", "€", "£"}:
        return _year_end(text, start, end, before)
    return None


def _year_end(text: str, start: int, end: int, before: str) -> int | None:
    """A bare year; "2,016 votes" and "more than 2000 people" are figures."""
    if re.compile(
        r"\s?(?:%|percent\b|per cent\b|million|billion|thousand|dollars|euros|pounds|miles|km\b|kg\b|meters|metres|feet|hours|tons)"
    ).match(text, end):
        return None
    if re.search(
        r"\b(?:than|about|nearly|almost|least|over|some|roughly|approximately)\s$", before
    ):
        return None
    if _PREPOSITION_OF_TIME.search(before):
        return end
    if _NOUN_AFTER.match(text, end) and not re.search(r"[,–-]\s?$", before) and before:
        return None
    if len(text) <= _FRAGMENT:
        return None
    return end


def is_label(text: str, begin: int, end: int) -> bool:
    """Whether a number without a unit names something ("Section 8", "Boeing 747")."""
    before = _WORD_BEFORE.search(text, max(0, begin - 32), begin)
    if before is None:
        return False
    word = before[1]
    lower = word.lower()
    labelling = lower in data.words("identifiers.txt")
    if labelling and (word[0].isupper() or lower not in _ALSO_COUNTED):
        return True
    if not text[begin : begin + 1].isdigit():
        return False
    opens = not text[: before.start()].rstrip() or text[: before.start()].rstrip()[-1] in '.!?”"\n:'
    if not word[0].isupper() or (word.isupper() and len(word) == 1) or opens:
        return False
    if lower in data.words("calendar_names.txt"):
        return True
    # a capitalised word before, nothing counted behind: "Fox 5", "Boeing 747"
    return _NOUN_AFTER.match(text, end) is None and "," not in text[begin:end]


_ALSO_COUNTED = frozenset(
    ("count", "case", "order", "round", "step", "unit", "group", "class", "day", "week",
     "type", "rule", "part", "area", "measure", "top")
)  # fmt: skip
