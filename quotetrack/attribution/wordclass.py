"""Classes for words: distributional clusters, habits of verbs, manners of cues."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, frozen=True)
class WordClasses:
    """Lookups that the feature functions use; unknown words get "-"."""

    clusters: dict[str, str] = field(default_factory=dict)
    habits: dict[str, str] = field(default_factory=dict)
    manners: dict[str, str] = field(default_factory=dict)

    def cluster(self, word: str) -> str:
        """The cluster of a lower-case word."""
        return self.clusters.get(word, "-")

    def habit(self, stem: str) -> str:
        """How the words with this stem take complements and quotations."""
        return self.habits.get(stem, "-")

    def manner(self, word: str) -> str:
        """The manner of a cue word."""
        return self.manners.get(word, "-")
