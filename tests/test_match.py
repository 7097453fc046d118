"""Quotations against sources: the table of cases, what always holds, speakers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotetrack import Article, Quote, QuoteMatch, Span, Speaker, SpeakerRef, find_quote

CASES = Path(__file__).parent / "cases" / "match.txt"
ACCEPTED = {"verbatim", "edited"}
REMARKS = (
    "The harbour office counted 412 boats in June.",
    "Nobody in the village saw the fox that night.",
    "We paid 3,950 crowns for the old printing press.",
    "My brother repaired the church clock with a spoon.",
    "Snow closed the pass for 17 days and the school stayed open.",
    "The baker sells 260 loaves before the ferry leaves at 7.30.",
    "Our choir sang in Lisbon, Porto and Braga last spring.",
)


def read_cases() -> list[tuple[str, str, str, str]]:
    """(title, quotation, source, expectation) of each case."""
    found: list[tuple[str, str, str, str]] = []
    title = source = quote = ""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            title = line[3:]
        elif line.startswith("S:"):
            source = line[2:].strip()
        elif line.startswith("Q:"):
            quote = line[2:].strip()
        elif line.startswith("=>"):
            found.append((title, quote, source, line[2:].strip()))
    return found


@pytest.mark.parametrize(("title", "quote", "source", "expected"), read_cases())
def test_case(title: str, quote: str, source: str, expected: str) -> None:
    match = find_quote(quote, source)
    verdict, _, kind = expected.partition(" ")
    assert match.verdict == verdict, (title, match)
    kinds = {change.kind for change in match.changes}
    if kind == "-":
        assert not kinds, (title, match)
    elif kind:
        assert kind in kinds, (title, match)
    check_invariants(match, source)


def check_invariants(match: QuoteMatch, source: str) -> None:
    for span in match.spans:
        assert source[span.start : span.end] == span.text
        assert span.text
    assert bool(match.spans) == (match.verdict != "absent")
    assert QuoteMatch.model_validate_json(match.model_dump_json()) == match
    if match.verdict == "verbatim":
        assert match.ratio == 1
        assert not match.changes


def test_there_are_enough_cases() -> None:
    assert len(read_cases()) >= 120


@given(st.permutations(REMARKS), st.data())
def test_a_cut_is_verbatim(remarks: list[str], data: st.DataObject) -> None:
    source = " ".join(remarks)
    words = source.split(" ")
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end])
    assume(any(c.isalnum() for c in quote))
    match = find_quote(quote, source)
    assert match.verdict == "verbatim", match
    check_invariants(match, source)


@given(st.permutations(REMARKS), st.data())
def test_a_changed_digit_is_never_accepted(remarks: list[str], data: st.DataObject) -> None:
    source = " ".join(remarks)
    count = data.draw(st.integers(1, len(remarks)))
    quote = " ".join(remarks[:count])
    digits = [i for i, c in enumerate(quote) if c.isdigit()]
    assume(digits)
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != quote[at]]))
    changed = quote[:at] + other + quote[at + 1 :]
    assert find_quote(changed, source).verdict not in ACCEPTED


@given(
    st.sampled_from(REMARKS),
    st.sampled_from(["um,", "uh,", "you know,", "I mean,", "er,", "like,"]),
    st.data(),
)
def test_a_filler_in_the_source_is_an_edit(quote: str, filler: str, data: st.DataObject) -> None:
    words = quote.split(" ")
    at = data.draw(st.integers(1, len(words) - 1))
    source = " ".join([*words[:at], filler, *words[at:]])
    match = find_quote(quote, f"Thank you. {source} Goodbye.")
    assert match.verdict == "edited", match
    assert "filler" in {change.kind for change in match.changes}


@given(st.sampled_from(REMARKS), st.data())
def test_a_negation_put_in_is_never_accepted(quote: str, data: st.DataObject) -> None:
    words = quote.split(" ")
    at = data.draw(st.integers(1, len(words) - 1))
    changed = " ".join([*words[:at], "not", *words[at:]])
    assert find_quote(changed, " ".join(REMARKS)).verdict == "altered"


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_is_taken(quote: str, source: str) -> None:
    check_invariants(find_quote(quote, source), source)


@given(st.lists(st.sampled_from(["not", "…", "-", "5", "$5", "%", "[", "]", "but", "a", "A."])))
def test_any_mixture_is_taken(parts: list[str]) -> None:
    text = " ".join(parts)
    check_invariants(find_quote(text, text[::-1] + text), text[::-1] + text)


@pytest.mark.parametrize("source", ["a" * 10**6, "no " * 300_000, "(" * 10**6, "5" * 10**6])
def test_long_sources_take_no_long_time(source: str) -> None:
    find_quote("no one said that 5 (or six) were not enough", source)
    find_quote("no " * 2000 + "yes", source)


def article() -> Article:
    text = (
        "“The tram line will open in August,” said Rosa Lind. "
        "“The tram line is a waste of money,” said Karl Bauer, a shopkeeper."
    )
    speakers = (
        Speaker(id="s1", name="Rosa Lind", kind="person"),
        Speaker(id="s2", name="Karl Bauer", kind="person", role="shopkeeper"),
    )
    quotes = tuple(
        Quote(
            id=f"q{n}",
            kind="direct",
            text=words,
            spans=(Span(start=text.index(words), end=text.index(words) + len(words), text=words),),
            speaker=SpeakerRef(id=speaker.id, name=speaker.name),
            manner="speech",
            confidence=0.9,
        )
        for n, (words, speaker) in enumerate(
            zip(
                ("“The tram line will open in August,”", "“The tram line is a waste of money,”"),
                speakers,
                strict=True,
            ),
            1,
        )
    )
    return Article(text=text, quotes=quotes, speakers=speakers)


def test_the_speaker_is_given() -> None:
    match = find_quote("a waste of money", article())
    assert match.verdict == "verbatim"
    assert match.speaker == SpeakerRef(id="s2", name="Karl Bauer")


@pytest.mark.parametrize("name", ["Karl Bauer", "Bauer", "karl bauer", "Mr. Karl Bauer"])
def test_the_right_speaker_is_accepted(name: str) -> None:
    assert find_quote("a waste of money", article(), speaker=name).verdict == "verbatim"


def test_another_speaker_is_a_changed_name() -> None:
    match = find_quote("a waste of money", article(), speaker="Rosa Lind")
    assert match.verdict == "altered"
    (change,) = match.changes
    assert (change.kind, change.quoted, change.source) == ("name", "Rosa Lind", "Karl Bauer")


def test_words_of_both_speakers_are_where_the_given_one_says_them() -> None:
    match = find_quote("The tram line", article(), speaker="Karl Bauer")
    assert match.verdict == "verbatim"
    assert match.speaker == SpeakerRef(id="s2", name="Karl Bauer")


def test_pieces_of_two_speakers_are_altered() -> None:
    match = find_quote("The tram line will open in August … a waste of money", article())
    assert match.verdict == "altered"
    assert "name" in {change.kind for change in match.changes}


def test_wrong_types_say_what_was_expected() -> None:
    with pytest.raises(TypeError, match="quote must be a str"):
        find_quote(5, "text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="source must be a str or an Article"):
        find_quote("text", b"text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="speaker must be a str"):
        find_quote("text", article(), speaker=5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Article"):
        find_quote("text", "text", speaker="Rosa Lind")
