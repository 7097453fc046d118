"""The quick ways of scoring against the plain ones: labels, probabilities, trees, sums."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.attribution import model as models
from quotetrack.attribution.argument_features import argument_features
from quotetrack.attribution.arguments import SURE, find_arguments
from quotetrack.attribution.attribution import Attribution
from quotetrack.attribution.chain import Chain
from quotetrack.attribution.chunks import chunks
from quotetrack.attribution.cue_features import CueFeatures, cue_features
from quotetrack.attribution.cues import find_cues
from quotetrack.attribution.frame import decode, frame
from quotetrack.attribution.labels import pieces, runs
from quotetrack.attribution.reading import prepare
from quotetrack.attribution.trees import Node, Trees
from quotetrack.attribution.view import views
from quotetrack.text import weights as files
from quotetrack.text.quotemarks import find_quotations
from quotetrack.text.segment import segment
from quotetrack.text.tagger import TagFeatures, tag, tag_words
from quotetrack.text.weights import LANE, NO_ROW, Lanes, Names, Row, Weights

SCORE = st.integers(-300, 300)
LABELS = 3


@st.composite
def chains(
    draw: st.DrawFn, labels: int = LABELS, longest: int = 6
) -> tuple[Chain, list[tuple[int, ...]]]:
    """A chain, and the scores of its labels for some tokens; the outside has 0."""
    rows = st.tuples(*[SCORE] * labels)
    transitions = tuple(draw(rows) for _ in range(labels))
    scores = st.tuples(st.just(0), *[SCORE] * (labels - 1))
    states = draw(st.lists(scores, min_size=1, max_size=longest))
    return Chain(tuple(map(str, range(labels))), Lanes(labels), transitions, 1 / 32), states


def score(chain: Chain, states: list[tuple[int, ...]], path: tuple[int, ...]) -> int:
    own = sum(state[label] for state, label in zip(states, path, strict=True))
    return own + sum(chain.transitions[a][b] for a, b in pairwise(path))


ROLES = ("O", "B-S", "I-S", "B-C", "I-C")


def whole(path: tuple[int, ...]) -> bool:
    """Whether nothing is inside that has not begun."""
    return all(
        ROLES[b][0] != "I" or (a > 0 and ROLES[a][2] == ROLES[b][2])
        for a, b in pairwise((0, *path))
    )


@given(chains(len(ROLES), 5))
def test_best_labels(case: tuple[Chain, list[tuple[int, ...]]]) -> None:
    chain, states = case
    paths = filter(whole, product(range(len(ROLES)), repeat=len(states)))
    found = tuple(chain.best(states))
    assert whole(found)
    assert score(chain, states, found) == max(score(chain, states, path) for path in paths)


@given(chains())
def test_marginals(case: tuple[Chain, list[tuple[int, ...]]]) -> None:
    chain, states = case
    paths = list(product(range(LABELS), repeat=len(states)))
    best = max(score(chain, states, path) for path in paths)
    weights = [math.exp((score(chain, states, path) - best) / 32) for path in paths]
    for i, found in enumerate(chain.marginals(states)):
        for label in range(LABELS):
            mass = sum(w for w, path in zip(weights, paths, strict=True) if path[i] == label)
            assert found[label] == pytest.approx(mass / sum(weights), abs=1e-9)


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    """A tree over three numbers, up to four levels deep."""
    nodes: list[Node] = []

    def grow(depth: int) -> int:
        at = len(nodes)
        nodes.append((-1, draw(st.integers(-9, 9)) / 4, 0, 0))
        if depth and draw(st.booleans()):
            index, threshold = draw(st.integers(0, 2)), draw(st.integers(-4, 4)) / 2
            left, right = grow(depth - 1), grow(depth - 1)
            nodes[at] = (index, threshold, left, right)
        return at

    grow(4)
    return nodes


@given(st.lists(trees(), max_size=5), st.lists(st.integers(-8, 8), min_size=3, max_size=3))
def test_trees(forest: list[list[Node]], quarters: list[int]) -> None:
    numbers = [k / 4 for k in quarters]
    total = 0.25
    for tree in forest:
        index, value, left, right = tree[0]
        while index >= 0:
            index, value, left, right = tree[left if numbers[index] <= value else right]
        total += value
    expected = pytest.approx(1 / (1 + math.exp(-total)))
    assert Trees(0.25, forest).probability(numbers) == expected
    kept = Trees(0.25, forest, [slice(0, 2)])
    assert [kept.probability(numbers) for _ in range(2)] == [expected] * 2


@given(st.text("SsCc-"))
def test_runs_and_pieces_of_labels(labels: str) -> None:
    for role in "SC":
        held = [k for k, label in enumerate(labels.upper()) if label == role]
        stretches = runs(labels.upper(), role)
        assert [k for begin, end in stretches for k in range(begin, end)] == held
        assert all(end < begin for (_, end), (begin, _) in pairwise(stretches))
        parts = pieces(labels, role)
        assert [k for begin, end in parts for k in range(begin, end)] == held
        begins = {begin for begin, _ in stretches}
        assert {begin for begin, _ in parts} == begins | {
            k for k, label in enumerate(labels) if label == role
        }


@given(st.lists(SCORE, min_size=1, max_size=5), st.lists(SCORE, min_size=1, max_size=5))
def test_lanes_add_up(one: list[int], other: list[int]) -> None:
    size = min(len(one), len(other))
    total = Lanes.pack(one[:size]) + Lanes.pack(other[:size])
    added = tuple(a + b for a, b in zip(one[:size], other[:size], strict=True))
    lanes = Lanes(size)
    assert lanes.unpack(total) == added
    assert lanes.unpacking(size - 1)(total) == added[:-1]


@given(st.lists(SCORE, min_size=1, max_size=5), st.data())
def test_the_highest_lane_is_found(scores: list[int], data: st.DataObject) -> None:
    lanes = sorted(data.draw(st.sets(st.sampled_from(range(len(scores))), min_size=1)))
    highest = Lanes(len(scores)).highest(lanes)
    assert highest(Lanes.pack(scores)) == max(lanes, key=scores.__getitem__)


def test_a_model_comes_back_from_its_file() -> None:
    rows: dict[str, Row] = {"b": ((0, 3), (2, -5)), "said w+L": ((1, 7),), "said w": ((1, 7),)}
    header, packed = files.unpack(files.pack({"scale": 2}, rows))
    weights = Weights(packed, 3)
    assert header == {"scale": 2}
    assert weights.lanes.unpack(weights.add(("b", "unknown"))) == (3, 0, -5)
    assert weights.lanes.unpack(weights.records["said"].get("w+L", 0)) == (0, 7, 0)
    assert weights.rows[weights.numbers("said").get("w+L", NO_ROW)] == 7 << LANE
    assert weights.records["unknown"].get("w", 0) == 0
    assert weights.rows[weights.numbers("unknown").get("w", NO_ROW)] == 0
    measured = Weights(packed, 3, baseline=0)
    assert measured.lanes.unpack(measured.add(("b",))) == (0, -3, -8)


@pytest.mark.parametrize("bad", ["", "a\nb", "a\fb"])
def test_features_that_a_file_cannot_hold(bad: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        files.pack({}, {bad: ((0, 1),)})


def total(weights: Weights, names: list[str]) -> int:
    """What features add, looked up one by one."""
    found = weights.add(name for name in names if " " not in name)
    for name in names:
        if " " in name:
            record, _, rest = name.partition(" ")
            found += weights.records[record].get(rest, 0)
    return found


def test_training_of_tags_sees_what_reading_sums() -> None:
    header, packed = files.load("tagger.z")
    weights = Weights(packed, len(header["tags"]))
    reading, training = TagFeatures(weights, {}), TagFeatures(Names(), {})
    sentence = ["Ms.", "Lund’s", "3", "ferry-men", "SAID", "that", "the", "well-known", "Pier"]
    read, named = reading.words(sentence), training.words(sentence)
    before_that, before = "<s>", "<s>"
    for i, tag_here in enumerate(tag_words(sentence), 2):
        for _ in range(2):  # looked up, then remembered
            names = training.row(named, i, before, before_that)
            assert total(weights, names) == reading.row(read, i, before, before_that)
        before_that, before = before, tag_here
    assert "pier k</s>" in names


def test_training_sees_what_reading_sums() -> None:
    model = models.load()
    weights = Weights(files.load(models.NAME)[1], len(model.arguments.labels), baseline=0)
    text = "“The ferry is late again,” said Ivo Lund, who told passengers that it would wait."
    layout = segment(text)
    for view in views(prepare(layout, tag(layout), find_quotations(layout))):
        every = range(len(view.words))
        cues = CueFeatures(weights, model.classes, ())
        rows = cues.rows(cues.surroundings(view), every)
        assert [total(weights, names) for names in cue_features(view, model.classes)] == list(
            rows.values()
        )
        cue = view.words.index("said")
        both = [(cue, cue + 1), (12, 13)]
        cut = chunks(view, model.glue, both)
        around = frame(cut, cue, cue + 1, both, model.classes)
        features = model.argument_features
        contexts = [
            *features.contexts(cut, "L", 0, around.first),
            *features.contexts(cut, "C", around.first, around.last),
            *features.contexts(cut, "R", around.last, cut.of[-1]),
        ]
        named = argument_features(around, model.classes)
        assert [total(weights, names) for names in named] == features.rows(around, 0, contexts)


def test_situations_tell_what_stands_between_chunk_and_cue() -> None:
    text = "Two ferries, he said, would stay “in port” because the pilots of the north are away."
    layout = segment(text)
    (view,) = views(prepare(layout, tag(layout), find_quotations(layout)))
    cue, other = view.words.index("said"), view.words.index("stay")
    cues = [(cue, cue + 1), (other, other + 1)]
    cut = chunks(view, models.load().glue, cues)
    around = frame(cut, cue, cue + 1, cues, models.load().classes)
    low, high = 1, len(cut.words)
    found = [decode(code) for code in around.situations(low, high)]
    assert len(found) == high - low
    for i, at in enumerate(found, low):
        begin, end = cut.starts[i], cut.starts[i + 1]
        between = range(end, cue) if begin < cue else range(cue + 1, begin)
        tags = [view.tags[k] for k in between]
        assert at.side == ("L" if begin < cue else "C" if begin == cue else "R")
        assert at.comma == min(3, sum(tag in {",", ".", "Q"} for tag in tags))
        assert at.verb == min(2, sum(tag[0] == "V" or tag == "MD" for tag in tags))
        assert at.noun == min(3, sum(tag[:2] in {"NN", "PR"} for tag in tags))
        assert at.sub == min(2, sum(view.words[k] == "because" for k in between))
        assert at.others == int(other in between)
        assert at.quotes == ("Q" if view.quoted[begin] else "o") + "o"
    assert [cut.words[low + k] for k, at in enumerate(found) if at.subject] == ["he"]
    assert {at.apart for at in found} >= {0, 1, 2}


@given(chains(len(ROLES), 5), st.data())
def test_certainty_is_what_the_neighbours_leave(
    case: tuple[Chain, list[tuple[int, ...]]], data: st.DataObject
) -> None:
    chain, states = case
    path = [data.draw(st.sampled_from(range(len(ROLES)))) for _ in states]
    for i, found in enumerate(chain.certainty(states, path)):
        others = [(*path[:i], label, *path[i + 1 :]) for label in range(len(ROLES))]
        scores = [score(chain, states, other) for other in others]
        weights = [math.exp((each - max(scores)) * chain.scale) for each in scores]
        assert found == pytest.approx(weights[path[i]] / sum(weights) if path[i] else 1)


def test_certainty_does_not_overflow() -> None:
    chain = models.load().arguments
    assert chain.certainty([(10**6, 0, 0, 0, 0)] * 2, [1, 0]) == [0, 1]


def test_what_the_rules_read_for_sure_is_not_labelled() -> None:
    def read(text: str, model: models.Model) -> list[Attribution]:
        layout = segment(text)
        seen = views(prepare(layout, tag(layout), find_quotations(layout)))
        return find_arguments(layout, seen, find_cues(seen, model), model)

    whole = models.load()
    without_chain = replace(whole, arguments=None, argument_features=None)  # type: ignore[arg-type]
    plain = "“The lift works again,” said Ina Holm."
    assert read(plain, without_chain) == read(plain, whole)
    (found,) = read(plain, whole)
    assert found.source is not None
    assert plain[slice(*found.source)] == "Ina Holm"
    assert found.confidence >= SURE
    with pytest.raises(AttributeError):
        read(
            "The board was at pains on Monday to deny that money had ever changed hands.",
            without_chain,
        )


def test_chunks_are_cut_where_cues_and_marks_are() -> None:
    text = "The old harbour board has said “the new pier is sound” and that it will open on Monday."
    layout = segment(text)
    (view,) = views(prepare(layout, tag(layout), find_quotations(layout)))
    cue = (view.words.index("has"), view.words.index("said") + 1)
    cut = chunks(view, models.load().glue, [cue])
    assert cut.starts[0] == 0
    assert cut.starts[-1] == len(view.words)
    assert cut.words[cut.of[0]] == "board"  # the noun phrase holds together
    assert len(cut.words) < len(view.words)
    assert set(cue) <= set(cut.starts)
    for begin, end in pairwise(cut.starts):
        assert len(set(view.quoted[begin:end])) == 1
        assert set(cut.of[begin:end]) == {cut.starts.index(begin)}
    spread = cut.spread("S" * len(cut.words))
    assert [k for k, label in enumerate(spread) if label == "S"] == cut.starts[:-1]
    assert set(spread) == {"S", "s"}
