"""Numbers that are no figures: dates, times of day, ages, names, labels, identifiers."""

from __future__ import annotations

import re
from functools import cache

from quotetrack import data
from quotetrack.claims.any_of import any_of
from quotetrack.claims.units import sign_pattern, unit_after

# what begins with the number ------------------------------------------------------------

_CLOCK = r"\d{1,2}(?::\d{2})?"
_AM_PM = r"(?:[ap]\.\s?m\.|[ap]m\b)"
_ORDINAL = r"(?:st|nd|rd|th)"


@cache
def _months() -> str:
    words = (line.split() for line in data.lines("time_words.txt"))
    names = [word.capitalize() for word, kind, *_ in words if kind.startswith("month")]
    return f"(?:{'|'.join(sorted(names, key=lambda n: (-len(n), n)))})"


@cache
def _ordinal_words() -> str:
    words = (line.split() for line in data.lines("time_words.txt"))
    return f"(?:{'|'.join(word for word, kind, *_ in words if kind == 'ordinal')})"


@cache
def _labels_in_digits() -> re.Pattern[str]:
    """A label that begins with its digits."""
    month = rf"{_months()}\b\.?"
    day = rf"\d{{1,2}}{_ORDINAL}?"
    days = rf"{day}(?:\s?(?:-|–|to|and)\s?{day})?"
    return re.compile(
        "|".join(
            (
                rf"{days}\s+(?:of\s+)?{month}(?:,?\s+\d{{4}}\b)?",  # 3 May 2024
                r"\d{4}[-/]\d{1,2}[-/]\d{1,2}\b",
                r"\d{1,2}/\d{1,2}/\d{2,4}\b|\d{1,2}[.-]\d{1,2}[.-]\d{4}\b",
                rf"{_CLOCK}\s?(?:-|–|to|and|until)\s?{_CLOCK}\s?{_AM_PM}",  # 9 to 11 a.m.
                rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?{_AM_PM})?|\d{{1,2}}(?:\.\d{{2}})?\s?{_AM_PM}",
                r"\d{1,2}\s+o[’']clock\b",
                r"(?:\+?\d{1,2}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",  # telephone
                rf"\d{{1,3}}(?:,\d{{3}})*{_ORDINAL}\b",  # 2nd, 100th
                r"\d{2,4}[’']?s\b(?!\w)",  # 1990s, 50s
                r"\d{1,3}(?:\.\d{1,3}){2,}",  # versions, addresses of machines
                r"\d{3}\s?\([a-z]\)(?:\(\d\))?",  # 401(k)
                r"[48]K\b",  # screens, reports
                r"\d{1,3}-(?:\d{3}-)?\d{3}-\d{4}\b",
            )
        )
    )


@cache
def _labels_in_words() -> re.Pattern[str]:
    """A label that begins with a number word."""
    tens = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    hours = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    return re.compile(
        rf"(?i:{hours})\s+o[’']clock\b"
        rf"|(?i:{tens}[-\s]{_ordinal_words()})\b(?!\s(?:of|hand)\b)"  # twenty-first
    )


# what stands before it ------------------------------------------------------------------

_AGES_BEFORE = re.compile(
    r"\b(?:age[sd]?\s(?:of\s|between\s|from\s|over\s|under\s)*(?:\d{1,2}\s?(?:to|and|or|-|–)\s?)?"
    r"|(?:he|she|who|I)(?:\s(?:is|was|turned|turns|will turn)|[’']s)\s(?:now\s|just\s|only\s)?"
    r"|(?:died|dead|dies)\s(?:suddenly\s)?at\s|turn(?:ed|ing)\s"
    r")$",
    re.IGNORECASE,
)
_NO_AGE = re.compile(r"[,.]\d|\s(?:[a-z]|%)|[%'’′\"″-]")
_NO_AGE_GROUP = re.compile(r"[,.]\d|\s(?:percent|per\s|million|billion|thousand|hundred)|\s?%|-")
_AGE_AFTER = re.compile(
    r"-(?:\s(?:to|or|and)\s\d{1,2}-)?(?:year|month|week|day)s?-olds?\b|\s(?:year|yr)[\s-]olds?\b"
    r"|\s?[-–]\s?\d{1,2}[-\s](?:year|month|week|day)s?-olds?\b"
)
_AGE_BETWEEN = re.compile(r",(?=\s|$)|\s?[―—–]|\.(?=\s|$)")
_NAMED_BEFORE = re.compile(r"[A-Z][\w’'-]*,\s$")
_ADDRESS_BEFORE = re.compile(r"(?:https?:|www\.|=\"|@|\w\.\w{2,3}/)\S*\Z")
_WORD_BEFORE = re.compile(r"([\w.’'&-]{1,30})[\s\u00a0]$")
_LIST_BEFORE = re.compile(r"(?:^|\n)[ \t]*$")
_DETERMINED = re.compile(r"\bthe\s$")
_MOST_AGE = 125
_SHORT = 20
"""Characters around a number that may be the whole of the text."""

_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"\w+(?:[-.]\w+)*")
_LETTERS_BEFORE = re.compile(r"[A-Za-z$€£]+$")
_MIXED = re.compile(r"\d+[A-Z][A-Za-z]*\d|\d+[A-Z]{2,}\d|\d[GDPH]\b")
_DAYS = re.compile(
    rf"{_ORDINAL}?(?:\s?(?:to|and|or|-|–)\s?\d{{1,2}}{_ORDINAL}?\b(?!\s[a-z]))?(?:,?\s+\d{{4}}\b)?"
)
_WORDS = re.compile(r"[\w-]{1,40}")
_LETTERS = re.compile(r"\w+")
_ENUMERATED = re.compile(r"\d{1,2}\)(?=\s)|\d{1,3}\]")

# years ----------------------------------------------------------------------------------

_YEAR = re.compile(r"(?:1[5-9]|2[01])\d{2}(?:[-–/]\d{2}(?:\d{2})?)?(?![\d,.]\d)(?!\w)")
_SIGNED = re.compile(r"\b(?:minus|negative|by)\s$", re.IGNORECASE)
_SCALED = re.compile(r"\s?(?:million|billion|thousand|hundred)\b")
_LISTED_YEAR = re.compile(r"[,–-]\s?$")
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:in|and|or|was|is|to|the|as|has|this|its|his|us)\b)"
    r"[a-z][a-z’'-]*(?:s|people|men|women|children)\b|\s+[a-z-]+\s+[a-z-]+s\b"
)

# "one" ----------------------------------------------------------------------------------

_ONE = re.compile(r"one(?!\w)", re.IGNORECASE)
_A_POINT = re.compile(r"[\s-]point\b")
_ONE_COUNTS = re.compile(
    r"one(?:\s+(?:in|out\s+of|of\s+every)\s+\w"
    r"|(?:\s-\s|[\s-])(?:hundred|thousand|million|billion|trillion|half|third|quarter|fourth|fifth|sixth"
    r"|eighth|tenth)\b|\s+and\s+(?:a|one|two|three)\s+(?:half|third|quarter|fourth)"
    r"|\s+and\s+quarter|\s+point\s+(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b)",
    re.IGNORECASE,
)


@cache
def _words(sort: str) -> str:
    """The words of a sort in label_words.txt, as alternatives of a pattern."""
    pairs = (line.split(" | ") for line in data.lines("label_words.txt"))
    return "|".join(word.replace(" ", r"\s") for kind, word in pairs if kind == sort)


@cache
def _hedged() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('hedge')})\s$")


@cache
def _year_introduced() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('year')})[\s-]$", re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(data.lines('names_with_numbers.txt'))})(?!\w)")


@cache
def _parts_of_names() -> frozenset[str]:
    """What may stand from a number in such a name to the end of its word."""
    words = _LETTERS.findall(" ".join(data.lines("names_with_numbers.txt")))
    return frozenset(word[i:] for word in words for i in range(len(word)))


def label_end(text: str, start: int, done: int) -> int | None:
    """Where something ends that begins here and is no figure; None: it may be one."""
    digit = text[start].isdigit()
    if digit and start and (text[start - 1].isalnum() or text[start - 1] in "_@#"):
        # "G7", "A10", "COVID-19": but "Rs20", "US$20" and "€5" are money
        letters = _LETTERS_BEFORE.search(text, max(0, start - 6), start)
        if letters is None or not sign_pattern().fullmatch(letters[0]):
            return _run_end(text, start)
    part = _LETTERS.match(text, start)
    if part and part[0].lower() in _parts_of_names():
        for name in _names().finditer(text, max(0, start - 16), start + 24):
            if name.start() <= start < name.end():
                return name.end()
    match = (_labels_in_digits() if digit else _labels_in_words()).match(text, start)
    if match is not None:
        return match.end()
    if _ONE.match(text, start) and not _one_counts(text, start):
        return start + 3
    if digit:
        return _digits_label(text, start, done)
    word = _WORDS.match(text, start)
    if word and _AGE_AFTER.match(text, start + len(word[0].split("-")[0])):
        return word.end()
    return None


def _one_counts(text: str, start: int) -> bool:
    """ "one" is a figure before a measure or as part of a number, not as a pronoun."""
    if unit_after(text, start + 3, digits=False) is not None or _ONE_COUNTS.match(text, start):
        return True
    signed = _SIGNED.search(text, max(0, start - 10), start)
    if signed and (signed[0][0] in "mnMN" or _A_POINT.match(text, start + 3)):
        return True
    return len(text) - start < _SHORT and not text[start + 3 :].strip() and _is_all(text, start)


def _is_all(text: str, start: int) -> bool:
    """Whether nothing stands before the number but a sign in words."""
    return start < _SHORT and text[:start].strip().lower() in {"", "minus", "negative"}


def _run_end(text: str, start: int) -> int:
    match = _RUN.match(text, start)
    return match.end() if match else start + 1


def _digits_label(text: str, start: int, done: int) -> int | None:
    """Where a label ends that is told by what stands before its digits."""
    digits = _DIGITS.match(text, start)
    if digits is None:
        return None
    end, many = digits.end(), len(digits[0])
    if _AGE_AFTER.match(text, end):
        return end
    if _MIXED.match(text, start) or _joins_letters(text, start, done):
        return _run_end(text, start)
    if not text[start - 1 : start].isspace() and _ADDRESS_BEFORE.search(
        text, max(0, start - 60), start
    ):
        return _run_end(text, start)
    near = max(0, start - 40)
    if many <= 4 and many != 3 and _month_before(text, start):
        days = _DAYS.match(text, end)
        return days.end() if days else end
    if many <= 3 and int(digits[0]) <= _MOST_AGE and _is_age(text, start, end, near):
        return end
    before = text[max(0, start - 2) : start]
    if before[-1:] in {"'", "’", "‘"} and many == 2 and not before[:-1].isalnum():
        return end  # '19
    after = text[end : end + 1]
    if after in {".", ",", "”", '"', "?"} and _DETERMINED.search(text, near, start):
        return None if text[end + 1 : end + 2].isdigit() else end
    if after in {".", ")"} and _LIST_BEFORE.search(text, near, start):
        return end if text[end + 1 : end + 2] in {" ", "\t"} else None
    if before[-1:] in {"(", "["} and (mark := _ENUMERATED.match(text, start)):
        return mark.end()
    if _YEAR.match(text, start) and before[-1:] not in {"$", "€", "£"}:
        return _year_end(text, start, near)
    return None


def _joins_letters(text: str, start: int, done: int) -> bool:
    """ "COVID-19", "F-16"."""
    return start > 1 and text[start - 1] == "-" and text[start - 2].isalpha() and done < start - 1


@cache
def _month_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{_months()}\.?\s+$")


def _month_before(text: str, start: int) -> bool:
    return _month_pattern().search(text, max(0, start - 20), start) is not None


@cache
def _age_groups() -> re.Pattern[str]:
    people = "|".join(data.lines("respondents.txt"))
    than = r"(?:under|over|above|below|older\sthan|younger\sthan|between|aged)"
    return re.compile(
        rf"\b(?:{people}|anyone|everyone|children|kids|drivers)\s{than}\s$", re.IGNORECASE
    )


def _is_age(text: str, start: int, end: int, near: int) -> bool:
    """ "aged 36", "she was 55.", "voters under 30", ", 36," after a name."""
    if _AGES_BEFORE.search(text, near, start):
        aged = re.compile(r"\bage", re.IGNORECASE).search(text, near, start)
        return bool(aged) or not _NO_AGE.match(text, end)
    if _age_groups().search(text, near, start):
        counted = unit_after(text, end, digits=True) or _NO_AGE_GROUP.match(text, end)
        return not counted
    if end - start != 2 or not _AGE_BETWEEN.match(text, end):
        return False
    return _NAMED_BEFORE.search(text, near, start) is not None


def _year_end(text: str, start: int, near: int) -> int | None:
    """A bare year; "2,016 votes" and "more than 2000 people" are figures."""
    match = _YEAR.match(text, start)
    if match is None or _SCALED.match(text, match.end()):
        return None
    end = match.end()
    unit = unit_after(text, end, digits=True)
    measures = unit is not None and unit[0].dimension not in {"time", "count"}
    if measures or (unit is not None and unit[0].name == "hour"):
        return None
    if _hedged().search(text, near, start):
        return None
    if _year_introduced().search(text, near, start):
        return end
    counts = _NOUN_AFTER.match(text, end) and not _LISTED_YEAR.search(text, near, start)
    if counts and text[near:start].strip():
        return None
    alone = len(text) - end < _SHORT and not text[end:].strip()
    return None if alone and _is_all(text, start) and end - start == 4 else end


@cache
def _label_words() -> dict[str, bool]:
    """Words before a label, lower case -> whether they also stand before a figure ("count *")."""
    found = {}
    for line in data.lines("identifiers.txt"):
        found[line.rstrip(" *")] = line.endswith("*")
    return found


def is_label(text: str, begin: int, end: int) -> bool:
    """Whether a number without a unit names something ("Section 8", "Boeing 747")."""
    before = _WORD_BEFORE.search(text, max(0, begin - 32), begin)
    if before is None:
        return False
    word = before[1]
    also_counts = _label_words().get(word.lower())
    if also_counts is not None and (word[0].isupper() or not also_counts):
        return True
    if not text[begin].isdigit():
        return False
    capital = any(letter.isupper() for letter in word)
    if not capital or (word.isupper() and len(word) == 1) or _opens(text, before.start()):
        return False
    if word.lower() in data.words("calendar_names.txt"):
        return True
    # a capitalised word before, nothing counted behind: "Fox 5", "Boeing 747"
    return _NOUN_AFTER.match(text, end) is None and "," not in text[begin:end]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins at the offset."""
    while at > 0 and text[at - 1] in " \t\u00a0":
        at -= 1
    return at == 0 or text[at - 1] in '.!?”"\n:'
