"""Read news articles: who said what, in whose words, with which figures."""

from __future__ import annotations

import importlib
from typing import Any

_HOME = {
    "find_quantities": "quotetrack.claims.quantities",
    "find_times": "quotetrack.claims.times",
    "check_worthiness": "quotetrack.claims.checkworthy",
    "find_quote": "quotetrack.facts.match",
    "verify": "quotetrack.facts.verify",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(name)
