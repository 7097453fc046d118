"""Word classes from the training text alone: distributional clusters and verbs' habits.

Clusters: positive pointwise mutual information of a word with its neighbours (one to the
left, one to the right), singular value decomposition, k-means: Schuetze (1995),
"Distributional part-of-speech tagging".  No outside vectors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from quotetrack.attribution.view import View

CONTEXTS = 1500
MIN_COUNT = 4
CLUSTERS = 256
DIMENSIONS = 64


def clusters(sentences: Iterable[list[str]]) -> dict[str, str]:
    """Lower-case word -> cluster number as text, for words seen at least MIN_COUNT times."""
    sentences = list(sentences)
    counts = Counter(word for words in sentences for word in words)
    vocabulary = sorted(word for word, count in counts.items() if count >= MIN_COUNT)
    index = {word: i for i, word in enumerate(vocabulary)}
    contexts = {
        word: i
        for i, (word, _) in enumerate(
            sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CONTEXTS]
        )
    }
    pairs: Counter[tuple[int, int]] = Counter()
    rare, edge = CONTEXTS, CONTEXTS + 1
    width = CONTEXTS + 2
    for words in sentences:
        for i, word in enumerate(words):
            row = index.get(word)
            if row is None:
                continue
            for offset, block in ((-2, 0), (-1, 1), (1, 2), (2, 3)):
                j = i + offset
                column = contexts.get(words[j], rare) if 0 <= j < len(words) else edge
                pairs[row, block * width + column] += 1
    rows = np.fromiter((r for r, _ in pairs), dtype=np.int64)
    columns = np.fromiter((c for _, c in pairs), dtype=np.int64)
    values = np.fromiter(pairs.values(), dtype=np.float64)
    total = values.sum()
    row_sums = np.bincount(rows, values, len(vocabulary))
    column_sums = np.bincount(columns, values, 4 * width)
    pmi = np.log(values * total / (row_sums[rows] * column_sums[columns] ** 0.9 * total**0.1))
    matrix = csr_matrix((np.maximum(pmi, 0), (rows, columns)), (len(vocabulary), 4 * width))
    vectors = normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(normalize(matrix)))
    labels = KMeans(CLUSTERS, random_state=0, n_init=1, max_iter=40).fit_predict(vectors)
    return {word: str(label) for word, label in zip(vocabulary, labels, strict=True)}


def _level(share: float, steps: tuple[float, ...]) -> str:
    return str(sum(share >= step for step in steps))


def habits(views: Iterable[View]) -> dict[str, str]:
    """Stem -> how often "that", "to" or a quotation mark stands by it, in coarse levels."""
    seen: Counter[str] = Counter()
    with_that: Counter[str] = Counter()
    with_to: Counter[str] = Counter()
    with_mark: Counter[str] = Counter()
    with_person: Counter[str] = Counter()
    for view in views:
        n = len(view.words)
        for i, (base, tag) in enumerate(zip(view.stems, view.tags, strict=True)):
            if tag[0] != "V" or view.quoted[i]:
                continue
            seen[base] += 1
            following = view.words[i + 1 : i + 3]
            with_that[base] += "that" in following
            with_to[base] += i + 1 < n and view.words[i + 1] == "to"
            near = view.tags[max(0, i - 4) : i] + view.tags[i + 1 : i + 4]
            with_mark[base] += "Q" in near
            with_person[base] += i > 0 and view.tags[i - 1] in {"NNP", "PRP"}
    out = {}
    for base, count in seen.items():
        if count < 4:
            continue
        out[base] = (
            _level(with_that[base] / count, (0.03, 0.1, 0.25))
            + _level(with_to[base] / count, (0.15, 0.4))
            + _level(with_mark[base] / count, (0.08, 0.2, 0.4))
            + _level(with_person[base] / count, (0.15, 0.4))
        )
    return out
