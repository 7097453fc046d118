"""Who is behind each source: a table of small articles, and what always holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import case_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotetrack
from quotetrack.attribution.attribution import Attribution
from quotetrack.speakers.cast import Cast, resolve
from quotetrack.text.quotemarks import find_quotations
from quotetrack.text.segment import segment
from quotetrack.text.tagger import is_common_word, tag

if TYPE_CHECKING:
    from quotetrack.attribution.attribution import Range

_MARK = re.compile(r"\[([^\[\]]+?) => ([^\[\]]+?)\]")
_CUE = re.compile(r",? (asked|replied|said|added)")
_NOBODY = "?"


@dataclass(slots=True, frozen=True)
class Marked:
    """An article with its sources, and the names wanted for each."""

    text: str
    title: str | None
    sources: list[Range]
    wanted: list[list[str]]


def unmark(case: str) -> Marked:
    """Take the marks out of a case."""
    title = None
    if case.startswith("TITLE: "):
        head, _, case = case.partition("\n")
        title = head.removeprefix("TITLE: ")
    parts: list[str] = []
    sources, wanted = [], []
    done = length = 0
    for match in _MARK.finditer(case):
        parts += [case[done : match.start()], match[1]]
        length += match.start() - done
        sources.append((length, length + len(match[1])))
        wanted.append(match[2].split(" | "))
        length += len(match[1])
        done = match.end()
    return Marked("".join([*parts, case[done:]]), title, sources, wanted)


def cast_of(text: str, title: str | None, sources: list[Range]) -> Cast:
    """The cast, each source saying its paragraph's quotations or what is left of it."""
    layout = segment(text)
    quotations = find_quotations(layout)
    attributions = []
    for start, end in sources:
        paragraph = next((p for p in layout.paragraphs if p[0] <= start < p[1]), (0, len(text)))
        pieces = tuple(
            piece
            for q in quotations
            for piece in q.pieces
            if paragraph[0] <= piece[0] < paragraph[1] and not piece[0] <= start < piece[1]
        )
        said = pieces or ((end, paragraph[1]),)
        cue = _CUE.match(text, end)
        attributions.append(
            Attribution(said, cue and cue.span(1), (start, end), "speech", "cue", confidence=1.0)
        )
    return resolve(layout, tag(layout), quotations, attributions, title)


def names(cast: Cast) -> list[str | None]:
    """The name behind each attribution."""
    return [None if k is None else cast.entities[k].name for k in cast.speaker_of]


@pytest.mark.parametrize("case", case_files.params("speakers.txt"))
def test_cases(case: str) -> None:
    marked = unmark(case)
    found = names(cast_of(marked.text, marked.title, marked.sources))
    for name, wanted, (start, end) in zip(found, marked.wanted, marked.sources, strict=True):
        assert (name or _NOBODY) in wanted, marked.text[start:end]


def test_enough_cases() -> None:
    assert len(case_files.read("speakers.txt")) >= 150


FIRST = st.sampled_from(["Ana", "Ingrid", "Marco", "Thandeka", "Omar", "Yuki"])
LAST = st.sampled_from(
    ["Duarte", "Solheim", "Okafor", "Di Luca", "Booth-Nyman", "Quill", "al-Hadid"]
)
ARTICLE = (
    "{first} {last}, a nurse, opened the ward. “We are full,” {last} said. The door was shut. "
    "{last}'s claim is old. Nobody came. Mr. Piet Vos, a driver, said the road was bad."
)


@given(FIRST, LAST)
def test_a_new_name_renames_the_speaker(first: str, last: str) -> None:
    text = ARTICLE.format(first=first, last=last)
    shown = text.index(last, text.index("full"))
    cast = cast_of(text, None, [(shown, shown + len(last))])
    assert names(cast) == [f"{first} {last}"]


RENAMED = [
    case
    for _, case in case_files.read("speakers.txt")
    if not {"TITLE:", "?"}.intersection(case.replace("]", " ").split())
    and not re.search(r"\b[A-Z]{2}:", case)  # initials, which other names do not have
]
OTHER_NAMES = st.lists(
    st.sampled_from(
        ["Brixley", "Corvane", "Dunmore", "Ellwick", "Fanshaw", "Garrowby", "Haldane", "Kestley"]
    ),
    min_size=4,
    max_size=4,
    unique=True,
)


def last_names(marked: Marked) -> list[str]:
    """The last words of the full names behind the sources, where they stand for nobody else."""
    full = {name for names in marked.wanted for name in names if " " in name}
    words = dict.fromkeys(name.split()[-1] for name in full if name.split()[-1].isalpha())
    return [
        word
        for word in words
        if word[0].isupper()
        and word[1:].islower()
        and len(word) > 3
        and not is_common_word(word.lower())
    ]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(RENAMED), OTHER_NAMES)
def test_renaming_persons_throughout_renames_the_result(case: str, fresh: list[str]) -> None:
    marked = unmark(case)
    before = cast_of(marked.text, marked.title, marked.sources)
    persons = {e.name for e in before.entities if e.kind == "person"}
    old = [w for w in last_names(marked) if any(p.split()[-1] == w for p in persons)]
    new = dict(zip(old, fresh, strict=False))
    new |= {one.upper(): other.upper() for one, other in new.items()}

    def renamed(text: str) -> str:
        return re.sub(r"\w+", lambda m: new.get(m[0], m[0]), text)

    text = renamed(marked.text)
    sources = [
        (len(renamed(marked.text[:a])), len(renamed(marked.text[:b]))) for a, b in marked.sources
    ]
    after = names(cast_of(text, marked.title, sources))
    assert after == [name and renamed(name) for name in names(before)]


ASIDE = st.sampled_from(
    [
        "The road was wet. Nothing else had changed.",
        "Rain fell all night on the hills; the rivers rose by a metre.",
        "Prices had been stable for years.",
    ]
)


@settings(deadline=None)
@given(st.sampled_from(RENAMED), ASIDE, st.booleans())
def test_a_paragraph_about_nobody_changes_no_name(case: str, aside: str, first: bool) -> None:  # noqa: FBT001
    marked = unmark(case)
    before = names(cast_of(marked.text, marked.title, marked.sources))
    if first:
        shift = len(aside) + 2
        text = f"{aside}\n\n{marked.text}"
        sources = [(a + shift, b + shift) for a, b in marked.sources]
    else:
        text, sources = f"{marked.text}\n\n{aside}", marked.sources
    assert names(cast_of(text, marked.title, sources)) == before


@settings(deadline=None)
@given(st.sampled_from(RENAMED))
def test_straight_marks_give_the_same_names(case: str) -> None:
    marked = unmark(case)
    straight = marked.text.translate(str.maketrans("“”’", '""\''))
    before = names(cast_of(marked.text, marked.title, marked.sources))
    after = names(cast_of(straight, marked.title, marked.sources))
    assert [name and name.replace("’", "'") for name in before] == [
        name and name.replace("’", "'") for name in after
    ]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40))))
def test_any_text_has_a_cast(text: str, bounds: list[tuple[int, int]]) -> None:
    sources = [(a, min(len(text), a + b)) for a, b in bounds if a < len(text)]
    cast = cast_of(text, text[:40], [s for s in sources if s[0] < s[1]])
    for entity in cast.entities:
        assert entity.name
        for start, end in entity.mentions:
            assert 0 <= start < end <= len(text)
    for k, sure in zip(cast.speaker_of, cast.certainty, strict=True):
        assert (k is None) == (sure == 0.0)
        assert 0 <= sure <= 1


VOCABULARY = """the The a who she he it both said asked , . “ ” ( ) — ’s Mr. Ana Duarte Marco
Harland Institute senator poll study company they I we Q A : 24-year-old former two men and of"""
WORDS = st.lists(st.sampled_from([*VOCABULARY.split(), "\n\n"]), max_size=60).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_any_order_of_words_has_a_cast(text: str) -> None:
    sources = [match.span() for match in re.finditer(r"[\w’-]+(?: [\w’-]+)?", text)]
    cast = cast_of(text, text[:60], sources)
    assert len(cast.speaker_of) == len(sources)
    order = [min(entity.mentions) for entity in cast.entities]
    assert order == sorted(order)


def test_entity_at() -> None:
    text = "Ana Duarte's lawyer, Marco Quill, spoke. The nurse left."
    cast = cast_of(text, None, [])
    at = cast.entity_at(0, text.index(", spoke"))
    assert at is not None
    assert cast.entities[at].name == "Marco Quill"
    assert cast.entity_at(len(text) - 5, len(text)) is None


def test_roles_are_kept() -> None:
    cast = cast_of("Mayor Ida Holm, a former nurse, spoke. Holm left. Ida Holm waved.", None, [])
    (holm,) = cast.entities
    assert holm.kind == "person"
    assert holm.role == "Mayor"
    assert "former nurse" in holm.descriptions
    assert holm.aliases == ("Holm",)
    assert len(holm.mentions) == 3


def test_who_asks_is_not_who_answers() -> None:
    article = quotetrack.parse(
        "Nora Tveit took the stand. Asked by Irene Falk whether it was late, she said it was."
    )
    (answer,) = (q for q in article.quotes if q.source is not None and q.source.text == "she")
    assert answer.speaker is not None
    assert answer.speaker.name == "Nora Tveit"


def test_an_unsure_name_lowers_the_confidence() -> None:
    text = "Nora Tveit met Rita Moe. “The pier is shut,” {} said."
    sure = quotetrack.parse(text.format("Nora Tveit")).quotes[0]
    unsure = quotetrack.parse(text.format("the woman")).quotes[0]
    assert unsure.speaker is not None
    assert unsure.confidence < 0.8 * sure.confidence
