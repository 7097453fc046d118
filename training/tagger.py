"""Train the tagger: gold trees and silver PolNeAR tokens -> data/en/tagger.z.

python training/tagger.py --corpora DIR
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

from corpus import read_jsonl

from quotetrack.text import tagger
from quotetrack.text import weights as files
from quotetrack.text.segment import segment
from quotetrack.text.weights import Row

OUT = Path(tagger.__file__).parents[1] / "data" / "en" / "tagger.z"
EPOCHS = 6
CERTAIN_COUNT, CERTAIN_SHARE = 6, 0.995
ALLOWED_COUNT, ALLOWED_SHARE = 12, 0.004
SMALLEST = 12
"""Weights below this (in hundredths of a step) are dropped."""
STEP, MOST = 4, 4000
"""Weights are rounded to multiples of STEP and cut at MOST."""

Sentence = tuple[list[str], list[str]]


def merged(word: str, tag: str) -> str:
    return tagger.FIXED.get(word) or tagger.MERGED.get(tag, tag)


def trees(path: Path) -> list[Sentence]:
    """Sentences of a treebank file: word, UPOS, XPOS, … a line, a blank line between."""
    found: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 3:
                if words:
                    found.append((words, tags))
                    words, tags = [], []
                continue
            words.append(cells[0])
            tags.append(merged(cells[0], cells[2]))
    if words:
        found.append((words, tags))
    return found


def silver(texts: Path, tokens: Path) -> list[Sentence]:
    """Our own tokens of the articles, with the outside tags that have the same offsets."""
    by_id = {row["id"]: row["sentences"] for row in read_jsonl(tokens)}
    found: list[Sentence] = []
    for row in read_jsonl(texts):
        if row["id"] not in by_id:
            continue
        tags = {(t[0], t[1]): t[2] for sentence in by_id[row["id"]] for t in sentence}
        layout = segment(row["text"])
        for sentence in layout.sentences:
            words = layout.words[sentence.first : sentence.last]
            here = [
                tags.get((layout.starts[i], layout.ends[i]))
                for i in range(sentence.first, sentence.last)
            ]
            if all(here):
                found.append(
                    (words, [merged(w, tag) for w, tag in zip(words, here, strict=True) if tag])
                )
    return found


def train(sentences: list[Sentence]) -> bytes:
    """Average the weights over every step of EPOCHS passes."""
    names = tagger.TagFeatures(files.Names(), {})
    read = [(names.words(words), tags) for words, tags in sentences]
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for words, tags in read:
        for word, tag in zip(words[2:-2], tags, strict=True):
            seen[word.name][tag] += 1
    certain, allowed = {}, {}
    for word, counts in seen.items():
        total, (top, count) = sum(counts.values()), counts.most_common(1)[0]
        if total >= CERTAIN_COUNT and count / total >= CERTAIN_SHARE:
            certain[word] = top
        elif total >= ALLOWED_COUNT:
            kept = sorted(t for t, c in counts.items() if c / total >= ALLOWED_SHARE)
            if len(kept) == 1:
                certain[word] = kept[0]
            else:
                allowed[word] = tuple(kept)
    tag_names = tuple(sorted({t for _, tags in sentences for t in tags}))
    index, every = {name: k for k, name in enumerate(tag_names)}, range(len(tag_names))
    weights: dict[str, dict[int, int]] = {}
    totals: dict[tuple[str, int], int] = defaultdict(int)
    changed: dict[tuple[str, int], int] = {}
    step = 0
    shuffler = random.Random(0)
    options = {w: [index[t] for t in ts] for w, ts in allowed.items()}
    for epoch in range(EPOCHS):
        order = list(range(len(read)))
        shuffler.shuffle(order)
        wrong = count = 0
        for number in order:
            words, gold = read[number]
            before = before_that = "<s>"
            for i, word in enumerate(words[2:-2], 2):
                tag = certain.get(word.name)
                if tag is None:
                    features = names.row(words, i, before, before_that)
                    scores = [0] * len(tag_names)
                    for feature in features:
                        for k, value in weights.get(feature, {}).items():
                            scores[k] += value
                    best = max(options.get(word.name) or every, key=scores.__getitem__)
                    tag = tag_names[best]
                    step += 1
                    count += 1
                    if tag != gold[i - 2]:
                        wrong += 1
                        for feature in features:
                            row = weights.setdefault(feature, {})
                            for k, delta in ((index[gold[i - 2]], 1), (best, -1)):
                                key = (feature, k)
                                value = row.get(k, 0)
                                totals[key] += value * (step - changed.get(key, 0))
                                changed[key] = step
                                row[k] = value + delta
                before_that, before = before, tag
        print(f"epoch {epoch}: {wrong / count:.4f} wrong of {count} ambiguous")
    averaged: dict[str, Row] = {}
    for feature, row in weights.items():
        out = []
        for k, value in sorted(row.items()):
            key = (feature, k)
            weight = round(100 * (totals[key] + value * (step - changed.get(key, 0))) / step)
            if abs(weight) >= SMALLEST:
                out.append((k, max(-MOST, min(MOST, STEP * round(weight / STEP)))))
        if out:
            averaged[feature] = tuple(out)
    by_tag: list[list[str]] = [[] for _ in tag_names]
    for word, tag in sorted(certain.items()):
        by_tag[index[tag]].append(word)
    header = {
        "tags": tag_names,
        "certain": [" ".join(words) for words in by_tag],
        "allowed": dict(sorted(options.items())),
    }
    print(f"{len(averaged)} features")
    return files.pack(header, averaged)


def _same(one: str, other: str) -> bool:
    """Quotation marks are one class: which of them opens is another stage's matter."""
    return one == other or {one, other} <= {"``", "''"}


def accuracy(model: tagger.Tagger, sentences: list[Sentence]) -> float:
    right = total = 0
    for words, gold in sentences:
        tags = tagger.tag_words(words, model)
        right += sum(_same(a, b) for a, b in zip(tags, gold, strict=True))
        total += len(gold)
    return 100 * right / total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    folder = parser.parse_args().corpora
    sentences = trees(folder / "trees-ewt-train.tsv.gz") * 3
    sentences += trees(folder / "trees-gum-train.tsv.gz") * 2
    sentences += silver(folder / "polnear-train.jsonl.gz", folder / "polnear-train-tokens.jsonl.gz")
    print(f"{sum(len(w) for w, _ in sentences)} tokens")
    packed = train(sentences)
    OUT.write_bytes(packed)
    print(f"{len(packed)} bytes")
    tagger.load.cache_clear()
    begin = time.perf_counter()
    model = tagger.load()
    print(f"loads in {1000 * (time.perf_counter() - begin):.0f} ms")
    print(f"trees-ewt-dev {accuracy(model, trees(folder / 'trees-ewt-dev.tsv.gz')):.2f}")
    dev = silver(folder / "polnear-dev.jsonl", folder / "polnear-dev-tokens.jsonl.gz")
    begin = time.perf_counter()
    share = accuracy(model, dev)
    seconds = time.perf_counter() - begin
    print(f"polnear-dev, silver {share:.2f}, {sum(len(w) for w, _ in dev) / seconds:.0f} tokens/s")


if __name__ == "__main__":
    main()
