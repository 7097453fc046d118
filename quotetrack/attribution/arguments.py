"""Source and content of each cue."""

from quotetrack.attribution.rule_arguments import find_arguments

__all__ = ["find_arguments"]
