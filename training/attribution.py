"""Train cues, arguments and their judge on annotated articles -> data/en/attribution.z.

    python training/attribution.py --corpora DIR

The chains are conditional random fields trained by CRFsuite, then pruned and quantised.
The judge learns from candidates that chains trained on the other half of the articles
gave, so that it sees them as doubtful as they are on new text.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from corpus import Document, Gold, document, own_articles, read_jsonl
from sklearn.ensemble import HistGradientBoostingClassifier
from wordclasses import clusters, habits

from quotetrack.attribution import model as models
from quotetrack.attribution.argument_features import argument_features
from quotetrack.attribution.arguments import STRONG, candidates
from quotetrack.attribution.chunks import Glue, Pair, chunks, general
from quotetrack.attribution.cue_features import cue_features
from quotetrack.attribution.cues import find_cues
from quotetrack.attribution.evidence import Candidate
from quotetrack.attribution.frame import frame
from quotetrack.attribution.lexicon import verbs
from quotetrack.attribution.view import View
from quotetrack.attribution.wordclass import WordClasses
from quotetrack.text import weights as files
from quotetrack.text.weights import Row

OUT = Path(models.__file__).parents[1] / "data" / "en" / models.NAME
SCALE = 1 / 32
"""Weights are kept in steps of this size."""
LONGEST = 130
HEAD_TAGS = ("V", "N", "J")
NEWS = "news"
MARK = "\t"
MATCH = 0.5
"""Overlap of content (intersection over union) from which a candidate is right."""
HEADS, PARTS = 0.04, 0.01
"""Share of times from which a content word is looked at as a cue, and any word as its part."""
FREQUENT, OFTEN, EDGES = 300, 40, 0.004
"""Words told apart in pairs of neighbours; how often a pair must have been seen, and the
share of edges between its two up to which they stay together."""


def word_classes(documents: list[Document]) -> WordClasses:
    return WordClasses(
        clusters(view.words for document in documents for view in document.views),
        habits(view for document in documents for view in document.views),
        {form: word.manner[:2] for form, word in verbs().items() if " " not in form},
    )


def cue_stems(documents: list[Document]) -> tuple[str, str]:
    """Stems and tags of the content words, and stems of all words, that are cues often enough."""
    seen: Counter[str] = Counter()
    in_cue: Counter[str] = Counter()
    seen_heads: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    for doc in documents:
        for view in doc.views:
            seen.update(view.stems)
            seen_heads.update(_head_key(view, k) for k in range(len(view.words)))
        for gold in doc.gold:
            view = doc.views[gold.sentence]
            tokens = range(gold.first, gold.last)
            in_cue.update(view.stems[k] for k in tokens)
            content = [k for k in tokens if view.tags[k][0] in HEAD_TAGS and view.stems[k] != "be"]
            heads.update(_head_key(view, k) for k in content or tokens)
    return (
        " ".join(sorted(k for k, n in heads.items() if n >= 2 and n >= HEADS * seen_heads[k])),
        " ".join(sorted(s for s, n in in_cue.items() if n >= 2 and n >= PARTS * seen[s])),
    )


def _head_key(view: View, k: int) -> str:
    return view.stems[k] + "/" + view.tags[k][:2]


def cue_rows(documents: Iterable[Document], classes: WordClasses) -> Iterator[tuple[Any, Any]]:
    for doc in documents:
        labels = [["O"] * len(view.words) for view in doc.views]
        for gold in doc.gold:
            for k in range(gold.first, gold.last):
                labels[gold.sentence][k] = "I" if k > gold.first else "B"
        for view, ys in zip(doc.views, labels, strict=True):
            rows = cue_features(view, classes)
            yield _marked(rows, doc), ys


Cues = dict[str, dict[int, list[tuple[int, int, float]]]]
"""Document -> sentence -> the cues that a model trained on other documents found, with
their probabilities."""


def likely_cues(documents: Iterable[Document], model: models.Model) -> Cues:
    found: Cues = {}
    for doc in documents:
        here = found[doc.id] = defaultdict(list)
        for cue in find_cues(doc.views, model):
            number = doc.layout.sentence_of[cue.first]
            first = doc.views[number].first
            here[number].append((cue.first - first, cue.last - first, cue.score))
    return found


def argument_rows(
    documents: Iterable[Document], classes: WordClasses, glue: Glue, cues: Cues
) -> Iterator[tuple[Any, Any]]:
    for doc in documents:
        for gold in doc.gold:
            view = doc.views[gold.sentence]
            if len(view.words) <= LONGEST:
                others = cues[doc.id].get(gold.sentence, [])
                edges = [(gold.first, gold.last), *((a, b) for a, b, _ in others)]
                cut = chunks(view, glue, edges)
                strong = [(a, b) for a, b, score in others if score >= STRONG]
                around = frame(cut, gold.first, gold.last, strong, classes)
                rows = argument_features(around, classes)
                yield _marked(rows, doc), chunk_labels(cut.starts, gold.labels)


def chunk_labels(starts: list[int], labels: list[str]) -> list[str]:
    """What each chunk mostly is, where the annotators see an edge within it."""
    found: list[str] = []
    for start, end in pairwise(starts):
        inside = labels[start:end]
        role = Counter(label[-1] for label in inside).most_common(1)[0][0]
        begins = not found or found[-1][-1] != role or "B-" + role in inside
        found.append("O" if role == "O" else ("B-" if begins else "I-") + role)
    return found


def glue_of(documents: Iterable[Document]) -> dict[str, Any]:
    """The pairs of neighbours between which hardly any argument begins or ends."""
    seen: Counter[Pair] = Counter()
    edges: Counter[Pair] = Counter()
    words: Counter[str] = Counter()
    pairs: list[tuple[Pair, bool]] = []
    for doc in documents:
        by_sentence: dict[int, list[Gold]] = defaultdict(list)
        for gold in doc.gold:
            by_sentence[gold.sentence].append(gold)
        for number, golds in by_sentence.items():
            view = doc.views[number]
            words.update(view.words)
            cut_anyway = {k for gold in golds for k in (gold.first, gold.last)}
            cut = {
                k
                for gold in golds
                for k, (a, b) in enumerate(pairwise(gold.labels), 1)
                if a[-1] != b[-1] or b[0] == "B"
            }
            for k in range(1, len(view.words)):
                if k not in cut_anyway:
                    pair = (*view.tags[k - 1 : k + 1], *view.words[k - 1 : k + 1])
                    pairs.append((pair, k in cut))
    frequent = {word for word, _ in words.most_common(FREQUENT)}
    for (left, right, *both), is_cut in pairs:
        word, following = (word if word in frequent else "" for word in both)
        for key in set(general((left, right, word, following))):
            seen[key] += 1
            edges[key] += is_cut
    decided: dict[Pair, bool] = {}
    for pair in sorted(seen, key=lambda pair: (sum(map(bool, pair[2:])), pair)):
        if seen[pair] >= OFTEN:
            stays = edges[pair] <= EDGES * seen[pair]
            if stays != next((decided[k] for k in general(pair) if k in decided), False):
                decided[pair] = stays
    used = {word for pair in decided for word in pair[2:] if word}
    return {
        "glue": [[*pair, int(stays)] for pair, stays in decided.items()],
        "frequent": " ".join(sorted(used)),
    }


def _marked(rows: list[list[str]], doc: Document) -> list[list[str]]:
    """Rows of another kind of text get each feature twice, the second marked.

    What only its annotators do goes to the marked copies, which nothing reads
    (Daumé 2007, "Frustratingly easy domain adaptation").
    """
    if doc.domain == NEWS:
        return rows
    return [row + [MARK + feature for feature in row] for row in rows]


def crf(rows: Iterable[tuple[Any, Any]], **params: float) -> Any:
    """What CRFsuite learned: state features and transitions with their weights."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"feature.minfreq": 2, "feature.possible_transitions": True, **params})
    for features, labels in rows:
        trainer.append(features, labels)
    with tempfile.NamedTemporaryFile(suffix=".crf") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        with tagger.open(file.name):
            return tagger.info()


Learned = tuple[dict[str, Row], dict[str, Any]]
"""Quantised state weights, and the part of the header."""


def chain(info: Any, labels: list[str]) -> Learned:
    """Quantised state weights, and the header's part."""
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (feature, label), weight in info.state_features.items():
        if feature.startswith(MARK):
            continue
        if value := round(weight / SCALE):
            rows[feature].append((labels.index(label), max(-32000, min(32000, value))))
    transitions = [[round(info.transitions.get((a, b), 0) / SCALE) for b in labels] for a in labels]
    return (
        {feature: tuple(sorted(row)) for feature, row in rows.items()},
        {"labels": labels, "transitions": transitions},
    )


def cue_chain(documents: list[Document], classes: WordClasses) -> Learned:
    begin = time.perf_counter()
    learned = chain(
        crf(cue_rows(documents, classes), c1=0.06, c2=0.5, max_iterations=60), ["O", "B", "I"]
    )
    print(f"  cues: {len(learned[0])} features, {time.perf_counter() - begin:.0f} s", flush=True)
    return learned


def argument_chain(
    documents: list[Document], classes: WordClasses, glue: Glue, cues: Cues
) -> Learned:
    begin = time.perf_counter()
    instances = argument_rows(documents, classes, glue, cues)
    learned = chain(
        crf(instances, c1=0.06, c2=0.3, max_iterations=75), ["O", "B-S", "I-S", "B-C", "I-C"]
    )
    print(
        f"  arguments: {len(learned[0])} features, {time.perf_counter() - begin:.0f} s", flush=True
    )
    return learned


_jobs: Sequence[Callable[[], Any]] = ()


def _run(number: int) -> Any:
    return _jobs[number]()


def side_by_side(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Results of jobs, in order, each in a forked process, which has the documents already."""
    global _jobs  # noqa: PLW0603  what a forked process inherits need not be pickled
    _jobs = jobs
    with get_context("fork").Pool(min(len(jobs), os.cpu_count() or 1)) as pool:
        return pool.map(_run, range(len(jobs)), chunksize=1)


def judged(doc: Document, model: models.Model) -> Iterator[tuple[list[float], bool]]:
    """The evidence of every candidate, and whether the annotators agree with it."""
    by_sentence: dict[int, list[Any]] = defaultdict(list)
    for cue in find_cues(doc.views, model):
        by_sentence[doc.layout.sentence_of[cue.first]].append(cue)
    for number, cues in by_sentence.items():
        golds = [g for g in doc.gold if g.sentence == number]
        for candidate, numbers in candidates(doc.views[number], cues, model):
            yield numbers, any(matches(candidate, gold.labels) for gold in golds)


def evidence_of(
    documents: list[Document], header: dict[str, Any], rows: dict[str, Row]
) -> list[tuple[list[float], bool]]:
    model = models.build(header, rows)
    return [found for doc in documents for found in judged(doc, model)]


def matches(candidate: Candidate, gold: list[str]) -> bool:
    """Whether content overlaps by half and the source shares a word (or neither has one)."""
    roles = candidate.labels.upper()
    mine = {i for i, role in enumerate(roles) if role == "C"}
    theirs = {i for i, label in enumerate(gold) if label[-1] == "C"}
    if len(mine & theirs) < MATCH * len(mine | theirs):
        return False
    named = {i for i, role in enumerate(roles) if role == "S"}
    wanted = {i for i, label in enumerate(gold) if label[-1] == "S"}
    return bool(named & wanted) or not (named or wanted)


def judge(evidence: list[list[float]], right: list[bool]) -> dict[str, Any]:
    fitted = HistGradientBoostingClassifier(
        max_iter=140,
        learning_rate=0.07,
        max_leaf_nodes=16,
        min_samples_leaf=40,
        l2_regularization=1.0,
        random_state=0,
    ).fit(np.array(evidence, dtype=float), np.array(right))
    trees = []
    for (predictor,) in fitted._predictors:  # noqa: SLF001  the only way to the trees
        trees.append(
            [
                [-1, round(float(node["value"]), 5), 0, 0]
                if node["is_leaf"]
                else [
                    int(node["feature_idx"]),
                    round(float(node["num_threshold"]), 6),
                    int(node["left"]),
                    int(node["right"]),
                ]
                for node in predictor.nodes
            ]
        )
    return {"base": float(fitted._baseline_prediction.ravel()[0]), "trees": trees}  # noqa: SLF001


def train(documents: list[Document]) -> bytes:
    begin = time.perf_counter()
    classes = word_classes(documents)
    by_cluster: dict[int, list[str]] = defaultdict(list)
    for word, number in classes.clusters.items():
        by_cluster[int(number)].append(word)
    by_habit: dict[str, list[str]] = defaultdict(list)
    for stem, habit in classes.habits.items():
        by_habit[habit].append(stem)
    by_manner: dict[str, list[str]] = defaultdict(list)
    for word, manner in classes.manners.items():
        by_manner[manner].append(word)
    heads, parts = cue_stems(documents)
    header: dict[str, Any] = {
        "scale": SCALE,
        "clusters": [" ".join(sorted(by_cluster[k])) for k in range(max(by_cluster) + 1)],
        "habits": {habit: " ".join(sorted(stems)) for habit, stems in sorted(by_habit.items())},
        "manners": {m: " ".join(sorted(words)) for m, words in sorted(by_manner.items())},
        "heads": heads,
        "parts": parts,
        **glue_of(documents),
        "judge": {"base": 0.0, "trees": []},
    }
    print(f"word classes {time.perf_counter() - begin:.0f} s", flush=True)
    news = [doc for doc in documents if doc.domain == NEWS]
    others = [doc for doc in documents if doc.domain != NEWS]
    halves = [news[1::2] + others[1::2], news[::2] + others[::2]]  # trained on; judged is the rest
    jobs = [partial(cue_chain, part, classes) for part in (documents, *halves)]
    (rows, header["cues"]), *cue_halves = side_by_side(jobs)
    cues: Cues = {}
    for (half_rows, half_header), rest in zip(cue_halves, reversed(halves), strict=True):
        untrained = {"labels": ["O"], "transitions": [[0]]}
        own = {**header, "cues": half_header, "arguments": untrained}
        cues |= likely_cues(rest, models.build(own, half_rows))
    glue = models.glue(header)
    jobs = [partial(argument_chain, part, classes, glue, cues) for part in (documents, *halves)]
    (more, header["arguments"]), *argument_halves = side_by_side(jobs)
    jobs = [
        partial(
            evidence_of,
            rest,
            {**header, "cues": of_cues[1], "arguments": of_arguments[1]},
            {**of_cues[0], **of_arguments[0]},
        )
        for rest, of_cues, of_arguments in zip(
            reversed(halves), cue_halves, argument_halves, strict=True
        )
    ]
    seen = [item for part in side_by_side(jobs) for item in part]
    print(f"{len(seen)} candidates, {sum(right for _, right in seen)} right", flush=True)
    header["judge"] = judge([numbers for numbers, _ in seen], [right for _, right in seen])
    return files.pack(header, {**rows, **more})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    documents = [document(row) for row in read_jsonl(args.corpora / "polnear-train.jsonl.gz")]
    documents += [document(row, "web") for row in read_jsonl(args.corpora / "ewt-web-train.jsonl")]
    documents += [document(row, "own") for row in own_articles(Path(__file__).parent / "articles")]
    packed = train(documents)
    args.out.write_bytes(packed)
    print(f"{args.out.name}: {len(packed)} bytes")


if __name__ == "__main__":
    main()
