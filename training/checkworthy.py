"""Train check-worthiness: debates with checked sentences -> data/en/checkworthy.json.

python training/checkworthy.py --corpora DIR [--ablation]

A logistic regression with ridge penalty, fitted by L-BFGS-B, which keeps the weights of
figures at 0 or above.  Prints the mean average precision by debate, each debate ranked by
a model that has not seen it (nor the others of its fold).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from quotetrack.claims import checkworthy

OUT = Path(checkworthy.__file__).parents[1] / "data" / "en" / checkworthy.MODEL
MIN_COUNT = 4
RIDGE = 30.0
RIDGE_CLASSES = 9.0
"""For figures and forms, which are few and frequent."""
POSITIVE = 10.0
"""Weight of a checked sentence; it spreads the scores over 0..1."""
SMALLEST = 0.02
"""Weights nearer to 0 are not shipped."""
FOLDS = 6

Array = np.ndarray
Keep = Callable[[str], bool]


def read(path: Path) -> tuple[list[str], Array, Array]:
    """Texts, labels (0, 1) and debates."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    labels = np.array([row["label"] for row in rows], dtype=float)
    return [row["text"] for row in rows], labels, np.array([row["doc"] for row in rows])


def is_class(feature: str) -> bool:
    return checkworthy.is_figure(feature) or feature.startswith("form ")


def matrix(seen: list[set[str]], names: list[str]) -> csr_matrix:
    number = {name: i for i, name in enumerate(names)}
    columns = [sorted(number[f] for f in found if f in number) for found in seen]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([c for row in columns for c in row], dtype=np.int32)
    return csr_matrix((np.ones(len(flat)), flat, ends), (len(seen), len(names)))


def fit(x: csr_matrix, labels: Array, names: list[str]) -> Array:
    """Intercept and weights."""
    signs = 2 * labels - 1
    weights = np.where(labels > 0, POSITIVE, 1.0)
    weights /= weights.mean()
    ridge = np.array([RIDGE_CLASSES if is_class(n) else RIDGE for n in names])
    transposed = x.T.tocsr()

    def loss(point: Array) -> tuple[float, Array]:
        margin = signs * (x @ point[1:] + point[0])
        slope = -weights * signs / (1 + np.exp(np.clip(margin, -500, 500)))
        value = (weights * np.logaddexp(0, -margin)).sum() + 0.5 * (ridge * point[1:] ** 2).sum()
        gradient = np.concatenate([[slope.sum()], transposed @ slope + ridge * point[1:]])
        return float(value), gradient

    bounds = [(None, None), *((0 if checkworthy.is_figure(n) else None, None) for n in names)]
    start = np.zeros(len(names) + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x)


def cross_validate(seen: list[set[str]], labels: Array, debates: Array) -> dict[str, float]:
    """Average precision of each debate."""
    found: dict[str, float] = {}
    for train, test in GroupKFold(FOLDS).split(seen, labels, debates):
        names = vocabulary([seen[i] for i in train])
        point = fit(matrix([seen[i] for i in train], names), labels[train], names)
        scores = matrix([seen[i] for i in test], names) @ point[1:]
        for debate in np.unique(debates[test]):
            here = debates[test] == debate
            found[str(debate)] = float(average_precision_score(labels[test][here], scores[here]))
    return found


def vocabulary(seen: list[set[str]]) -> list[str]:
    counts = Counter(feature for found in seen for feature in found)
    return sorted(f for f, n in counts.items() if n >= MIN_COUNT or is_class(f))


def ablation(seen: list[set[str]], labels: Array, debates: Array) -> None:
    groups: dict[str, Keep] = {
        "figures": checkworthy.is_figure,
        "forms": lambda f: f.startswith("form -") or f == "form ?",
        "names": lambda f: f.startswith("form names"),
        "pairs of words": lambda f: " " in f and not is_class(f),
        "all words": lambda f: not is_class(f),
    }
    for group, drop in groups.items():
        kept = [{f for f in found if not drop(f)} for found in seen]
        average = np.mean(list(cross_validate(kept, labels, debates).values()))
        print(f"  without {group:16} {average:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--ablation", action="store_true", help="measure each sort of feature")
    args = parser.parse_args()
    texts, labels, debates = read(args.corpora / "checkworthy-train.jsonl.gz")
    seen = [checkworthy.features(text) for text in texts]
    precision = cross_validate(seen, labels, debates)
    for debate, value in sorted(precision.items()):
        print(f"  {debate:28} {value:.3f}")
    average = np.mean(list(precision.values()))
    print(f"mean average precision, {len(precision)} unseen debates: {average:.3f}")
    if args.ablation:
        ablation(seen, labels, debates)
    names = vocabulary(seen)
    point = fit(matrix(seen, names), labels, names)
    kept = {n: round(float(w), 3) for n, w in zip(names, point[1:], strict=True)}
    kept = {n: w for n, w in kept.items() if abs(w) >= SMALLEST}
    model = {checkworthy.CONSTANT: round(float(point[0]), 3), **kept}
    OUT.write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(model)} weights, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
