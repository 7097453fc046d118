"""Part-of-speech tags for the tokens of a layout.

An averaged perceptron over greedy left-to-right decisions (Collins 2002) with a
dictionary of the words that have one tag only: those, most of a text, cost one lookup.

Tags are those of the Penn Treebank, merged where attribution needs no more:
NNPS -> NNP, JJR and JJS -> JJ, RBR and RBS -> RB, WP$ -> WP, PDT -> DT,
NFP, HYPH, SYM and LS -> ":", ADD -> NNP, AFX -> JJ, FW, GW and XX -> NN, "to" -> TO.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from quotetrack.text import weights as files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotetrack.text.layout import Layout
    from quotetrack.text.weights import Row

MERGED = {
    "NNPS": "NNP",
    "JJR": "JJ",
    "JJS": "JJ",
    "RBR": "RB",
    "RBS": "RB",
    "WP$": "WP",
    "PDT": "DT",
    "NFP": ":",
    "HYPH": ":",
    "SYM": ":",
    "LS": ":",
    "ADD": "NNP",
    "AFX": "JJ",
    "FW": "NN",
    "#": ":",
    "GW": "NN",
    "XX": "NN",
}
"""Treebank tags that are not kept, and what they become."""

FIXED = {
    "to": "TO", "To": "TO",
    "“": "``", "„": "``", "‘": "``", "«": "``", "``": "``", "”": "''", "»": "''", "''": "''",
    ",": ",", ".": ".", "!": ".", "?": ".", ";": ":", ":": ":", "—": ":", "–": ":", "--": ":",
    "/": ":", "...": ":", "…": ":", "(": "-LRB-", "[": "-LRB-", "{": "-LRB-",
    ")": "-RRB-", "]": "-RRB-", "}": "-RRB-",
    "$": "$", "€": "$", "£": "$", "¥": "$", "%": "NN", "-": ":", "•": ":", "*": ":",
}  # fmt: skip


_FORMS_KEPT = 1 << 15


@dataclass(slots=True, frozen=True)
class Tagger:
    """The perceptron's weights; features are strings, see `context_features`."""

    certain: dict[str, str]
    """Words with one tag."""
    allowed: dict[str, list[int]]
    """Words with several: the indices of those."""
    weights: Mapping[str, Row]
    """Feature -> (index of a tag, weight) pairs."""
    tags: tuple[str, ...]
    forms: dict[str, list[int]] = field(default_factory=dict)
    """Scores of the tags by the word alone, kept for the words met."""

    def form_scores(self, word: str) -> list[int]:
        """Scores of the tags by the word alone."""
        scores = self.forms.get(word)
        if scores is None:
            scores = [0] * len(self.tags)
            for feature in word_features(word):
                for tag, weight in self.weights.get(feature, ()):
                    scores[tag] += weight
            if len(self.forms) >= _FORMS_KEPT:
                self.forms.clear()
            self.forms[word] = scores
        return scores


def normal(word: str) -> str:
    """A word as the dictionaries hold it: typographic apostrophes straight, digits as 0."""
    if "’" in word:
        word = word.replace("’", "'")
    if word[0].isdigit():
        return "".join("0" if c.isdigit() else c for c in word)
    return word


def word_features(word: str) -> tuple[str, ...]:
    """Features of a word by itself."""
    lower = word.lower()
    shape = (
        "d" if word[0].isdigit()
        else "C" if word.isupper() and len(word) > 1
        else "X" if word[0].isupper()
        else "x"
    )  # fmt: skip
    found = ["w" + lower, "h" + shape, "3" + lower[-3:], "2" + lower[-2:], "1" + lower[-1:]]
    found += ["4" + lower[-4:], "p" + lower[:3], "s" + shape + lower[-2:]]
    if "-" in word:
        found += ["-", "-" + lower.rsplit("-", 1)[1]]
    return tuple(found)


def context_features(
    words: Sequence[str], i: int, before: str, before_that: str
) -> tuple[str, ...]:
    """Features of a word's surroundings: tags to the left, words on both sides."""
    last = len(words) - 1
    left = words[i - 1].lower() if i else "<s>"
    right = words[i + 1].lower() if i < last else "</s>"
    word = words[i].lower()
    capital = "X" if words[i][0].isupper() else "x"
    return (
        "a" + before,
        "b" + before + " " + before_that,
        "c" + before + " " + word,
        "d" + left,
        "e" + right,
        "f" + right[-3:],
        "g" + (words[i + 2].lower() if i + 1 < last else "</s>"),
        "i" + (words[i - 2].lower() if i > 1 else "<s>"),
        "j" + right + " " + before,
        "k" + word + " " + right,
        "l" + capital + before + ("X" if i < last and words[i + 1][0].isupper() else "x"),
        "m" + capital + ("0" if i == 0 else "1"),
        "n" + right[-2:] + " " + before,
    )


def best_tag(model: Tagger, words: Sequence[str], i: int, before: str, before_that: str) -> str:
    """The tag with the highest score among those that the word allows."""
    word = words[i]
    options = model.allowed.get(word)
    if options is None and i == 0:
        options = model.allowed.get(word.lower())
    scores = model.form_scores(word)[:]
    get = model.weights.get
    for feature in context_features(words, i, before, before_that):
        for tag, weight in get(feature, ()):
            scores[tag] += weight
    return model.tags[best_of(scores, options)]


def best_of(scores: Sequence[int], options: Sequence[int] | None) -> int:
    """Index of the highest score, among the options if there are any."""
    if options is None:
        return scores.index(max(scores))
    return max(options, key=scores.__getitem__)


@cache
def load() -> Tagger:
    """The weights that come with the package."""
    header, weights = files.load("tagger.z")
    tags = tuple(header["tags"])
    certain = {word: tags[k] for k, words in enumerate(header["certain"]) for word in words.split()}
    return Tagger(certain, header["allowed"], weights, tags)


def is_common_word(word: str) -> bool:
    """Whether a lower-case word was seen in training text often enough to be no mere name."""
    model = load()
    return word in model.certain or word in model.allowed


def tag_words(words: Sequence[str], model: Tagger | None = None) -> list[str]:
    """One tag a word of one sentence."""
    model = model or load()
    words = [normal(word) for word in words]
    certain = model.certain
    tags: list[str] = []
    before = before_that = "<s>"
    inside = False  # straight double marks alternate
    for i, word in enumerate(words):
        tag = FIXED.get(word) or certain.get(word)
        if tag is None:
            if word == '"':
                tag = "''" if inside else "``"
                inside = not inside
            elif word[0] == "'" and len(word) == 1:
                tag = "POS" if before[:2] == "NN" and i + 1 < len(words) else "''"
            else:
                tag = best_tag(model, words, i, before, before_that)
        tags.append(tag)
        before_that, before = before, tag
    return tags


def tag(layout: Layout) -> list[str]:
    """One tag a token of the layout."""
    model = load()
    tags: list[str] = []
    for sentence in layout.sentences:
        tags += tag_words(layout.words[sentence.first : sentence.last], model)
    return tags
