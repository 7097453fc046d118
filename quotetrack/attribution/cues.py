"""Cues: the words that introduce content."""

from quotetrack.attribution.rule_cues import find_cues

__all__ = ["find_cues"]
