"""Whatever the text: results that hold, in linear time, the same in any thread."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import case_files
import pytest
import what_holds
from attribution_cases import unmark
from hypothesis import given, settings
from hypothesis import strategies as st

import quotetrack
from benchmarks.marked import read as read_marked
from quotetrack.models import Fact

HERE = Path(__file__).parent
BROKE = [
    json.loads(line)
    for line in (HERE / "cases" / "broke.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
ARTICLES = [read_marked(path) for path in sorted((HERE / "articles").glob("*.txt"))]
SENTENCES = [
    unmark(lines).text
    for file in ("attribution.txt", "attribution_known_failures.txt")
    for _, lines in case_files.read(file)
]
DAY = date(2024, 3, 8)
TEXTS = st.lists(st.sampled_from(what_holds.PIECES) | st.text(max_size=5), max_size=40).map("".join)


def every_verb(text: str) -> None:
    """All that the package does with a text."""
    article = quotetrack.parse(text, title=text[:40], published=DAY)
    what_holds.of_article(text, article)
    quantities = quotetrack.find_quantities(text)
    what_holds.of_quantities(text, quantities)
    what_holds.of_times(text, quotetrack.find_times(text))
    what_holds.of_times(text, quotetrack.find_times(text, DAY))
    assert 0 <= quotetrack.check_worthiness(text) <= 1
    half = len(text) // 2
    what_holds.of_match(text, quotetrack.find_quote(text[half : half + 60], text))
    what_holds.of_match(text, quotetrack.find_quote(text[:half], article))
    facts = [Fact(subject=text[:30] or "a", quantity=q, source="a") for q in quantities[:3]]
    for claim in article.claims[:3]:
        quotetrack.verify(claim, facts)
        quotetrack.match_reviews(claim, [])


@pytest.mark.parametrize("text", BROKE)
def test_what_once_broke_is_read(text: str) -> None:
    every_verb(text)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_results_that_hold(text: str) -> None:
    every_verb(text)


@given(st.data())
@settings(max_examples=1000, deadline=None)
def test_a_text_may_end_anywhere(data: st.DataObject) -> None:
    """Rules look a word or two ahead: none looks past the last."""
    words = data.draw(st.sampled_from(SENTENCES)).split(" ")
    end = data.draw(st.integers(1, len(words)))
    tail = data.draw(st.sampled_from(["", ",", ", ,", ", who", " said", " “", "”", "”, she said,"]))
    text = " ".join(words[:end]).rstrip(".") + tail
    what_holds.of_article(text, quotetrack.parse(text))


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert quotetrack.parse(text) == quotetrack.parse(text)


# Changes to a text that change its results in a known way, or not at all.


SURE = 0.75
"""Confidence from which the letters of a name must not change what is found."""


def said(article: quotetrack.Article, least: float = 0) -> list[tuple[object, ...]]:
    """What a reader would say was said, and by whom."""
    return [
        (q.kind, q.text, q.speaker and q.speaker.name, q.cue and q.cue.text, q.manner)
        for q in article.quotes
        if q.confidence >= least
    ]


def parse(document: dict[str, Any], text: str | None = None) -> quotetrack.Article:
    return quotetrack.parse(text or document["text"], document["title"], document["date"])


by_article = pytest.mark.parametrize("document", ARTICLES, ids=lambda d: str(d["id"]))
PLAIN = "The road along the shore is two lanes wide and has been open since the bridge was built."


@by_article
def test_a_paragraph_without_quotes_changes_no_other_quote(document: dict[str, Any]) -> None:
    before = said(parse(document))
    assert said(parse(document, document["text"].rstrip() + f"\n\n{PLAIN}\n")) == before
    assert said(parse(document, f"{PLAIN}\n\n{document['text']}")) == before


@by_article
def test_straight_and_curly_marks_give_the_same_quotes(document: dict[str, Any]) -> None:
    straight = str.maketrans({"“": '"', "”": '"'})
    text = document["text"]
    found = said(parse(document, text.translate(straight)))
    assert found == [
        (kind, words.translate(straight), *others)
        for kind, words, *others in said(parse(document))
        if isinstance(words, str)
    ]


@by_article
def test_line_ends_of_other_systems_give_the_same_quotes(document: dict[str, Any]) -> None:
    found = said(parse(document, document["text"].replace("\n", "\r\n")))
    assert [(k, str(t).replace("\r\n", "\n"), *rest) for k, t, *rest in found] == said(
        parse(document)
    )


def surnames(document: dict[str, Any]) -> list[str]:
    """Last names of speakers that no other word of the article holds."""
    names = {a.get("speaker", "") for a in document["attributions"]}
    full = [name.split() for name in names if re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", name)]
    lasts = [last for _, last in full]
    return sorted(
        last
        for first, last in full
        if lasts.count(last) == 1
        and not re.search(rf"\b{last.lower()}\b", document["text"])  # "Wessmere Water"
        and not re.search(rf"(?!{first}|Mr|Ms|Mrs|Dr)\b[A-Z][a-z]+\.? {last}\b", document["text"])
    )


@by_article
def test_a_speaker_renamed_throughout_is_renamed_in_the_result(document: dict[str, Any]) -> None:
    names = surnames(document)
    for name in names:
        new = "Harbottle"
        article = parse(
            {**document, "title": re.sub(rf"\b{name}\b", new, document["title"])},
            re.sub(rf"\b{name}\b", new, document["text"]),
        )
        before = parse(document)
        expected, sure = (
            [tuple(re.sub(rf"\b{name}\b", new, str(value)) for value in one) for one in quotes]
            for quotes in (said(before), said(before, SURE))
        )
        found, surely = (
            [tuple(map(str, one)) for one in quotes]
            for quotes in (said(article), said(article, SURE))
        )
        # the letters of a name are evidence too: one sure quote of an article may hang on them
        changed = [one for one in sure if one not in found]
        changed += [one for one in surely if one not in expected]
        assert len(changed) <= 1, (name, changed)


# Threads and state.


def test_threads_give_the_same_as_one_after_the_other() -> None:
    texts = [d["text"] for d in ARTICLES] * 7
    with ThreadPoolExecutor(32) as threads:
        found = list(threads.map(lambda text: quotetrack.parse(text, published=DAY), texts))
    expected = [quotetrack.parse(d["text"], published=DAY) for d in ARTICLES]
    assert found == expected * 7


def test_reading_leaves_no_state_in_the_modules() -> None:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(quotetrack.__path__, "quotetrack.")
        if not module.name.startswith(("quotetrack.integrations", "quotetrack.facts.ledger"))
        and not module.name.endswith("__main__")
    ]

    def state() -> dict[tuple[str, str], str]:
        return {
            (module.__name__, name): repr(value)
            for module in modules
            for name, value in vars(module).items()
            if isinstance(value, dict | list | set | bytearray) and not name.startswith("__")
        }

    every_verb(ARTICLES[0]["text"])
    before = state()
    for document in ARTICLES[1:4]:
        every_verb(document["text"])
    assert state() == before


# Time grows with length, and no faster.

VERBS: dict[str, Callable[[str], object]] = {
    "parse": lambda text: quotetrack.parse(text, published=DAY),
    "find_quantities": quotetrack.find_quantities,
    "find_times": lambda text: quotetrack.find_times(text, DAY),
    "find_quote": lambda text: quotetrack.find_quote(text[:200], text),
}
UNITS = [
    *("a", "A. ", "“", '"', "'a ", "“a” ", "\n\n", " ", "“a\n\n", ", ", "—", "(", "... "),
    *("1", "1,", "$", "1-", "1 ", "one ", "twenty-", "half a ", "between 1 and ", "a third of "),
    *("May ", "May 3, ", "2024-", "last week ", "the 1990s ", "A", "Mr. ", "Aa Bb ", "Aa, "),
    *("said ", "he said ", "said that ", "according to ", "“a,” Aa Bb said. ", "Aa Bb (AB) "),
    *("Q: a\n\nA: b\n\n", "e\u0301", "\ud800", "\x00", "\u2028", "and ", "of the ", "U.S. "),
]


def seconds(verb: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    verb(text)
    return time.process_time() - begin


@pytest.mark.parametrize("name", VERBS)
def test_time_grows_no_faster_than_the_text(name: str) -> None:
    verb = VERBS[name]
    verb("“It is a start,” said Jane Doe on 3 May 2024.")
    slow = {}
    for unit in UNITS:
        short, long = ((unit * size)[:size] for size in (2_000, 16_000))
        # a time that a square would make 64 times as long, not 8 times
        before, after = seconds(verb, short), seconds(verb, long)
        if after > 0.2 and after > 20 * max(before, 0.005):
            before, after = seconds(verb, short), seconds(verb, long)  # not a hiccup
            if after > 20 * max(before, 0.005):
                slow[unit] = (before, after)
    assert not slow
