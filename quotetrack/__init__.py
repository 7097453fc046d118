"""Read news articles: who said what, in whose words, with which figures."""

from quotetrack.claims.quantities import find_quantities
from quotetrack.claims.times import find_times

__all__ = ["find_quantities", "find_times"]
