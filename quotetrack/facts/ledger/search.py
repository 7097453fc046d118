"""Full-text search that answers alike in both databases.

Words are cut, folded and stemmed here, as for the comparison of quotations, and figures
stand by value: "8.6 billion" finds "8,600,000,000".  SQLite's FTS5 and PostgreSQL's
tsvector then index them as they come.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, text

from quotetrack import data
from quotetrack.facts.ledger import tables
from quotetrack.facts.tokens import read
from quotetrack.text.stems import stem

_PHRASE = re.compile(r'["“”]([^"“”]*)["“”]?')
_LONGEST = 64
"""Characters of a word that are indexed; PostgreSQL refuses very long ones."""
_MOST = 100_000
"""Characters of a quote that are indexed; a tsvector holds a megabyte."""
_NUMBER = str.maketrans({"#": "0n", ".": "p", "-": "m", "−": "m", "%": "r"})
_ADD = {
    "sqlite": "INSERT INTO quote_terms (rowid, terms) VALUES (:id, :terms)",
    "postgresql": "INSERT INTO quote_terms (quote_id, terms) "
    "VALUES (:id, CAST(:terms AS tsvector))",
}
_DROP = {
    # a contentless table is told what to forget
    "sqlite": "INSERT INTO quote_terms (quote_terms, rowid, terms) VALUES ('delete', :id, :terms)",
    "postgresql": "DELETE FROM quote_terms WHERE quote_id = :id AND :terms <> ''",
}


def terms(words: str) -> list[str]:
    """The words of a text as they are indexed: letters and digits only, in order."""
    return [term for key in read(words[:_MOST]).keys if (term := _term(key))]


@lru_cache(maxsize=1 << 16)
def _term(key: str) -> str:
    key = key.translate(_NUMBER) if key[0] == "#" else stem(key)
    return "".join(c for c in key if c.isalnum())[:_LONGEST]


def index(connection: Connection, quotes: list[tuple[int, str]], *, forget: bool = False) -> None:
    """Index quotes (id, text), or forget them; the text must be the one indexed."""
    kind = connection.dialect.name
    lay_out = _line if kind == "sqlite" else _vector
    rows = [
        {"id": number, "terms": lay_out(found)} for number, said in quotes if (found := terms(said))
    ]
    if rows:
        connection.execute(text((_DROP if forget else _ADD)[kind]), rows)


def _line(found: list[str]) -> str:
    return " ".join(found)


def _vector(found: list[str]) -> str:
    """The text form of a tsvector."""
    places: dict[str, list[str]] = {}
    for place, term in enumerate(found, 1):
        places.setdefault(term, []).append(str(place))
    return " ".join(f"'{term}':{','.join(at)}" for term, at in places.items())


def matching(words: str, kind: str) -> ColumnElement[bool]:
    """The condition that a quote has all the words and every phrase in quotation marks.

    Raises:
        ValueError: There is no word in it.
    """
    phrases = [found for match in _PHRASE.finditer(words) if (found := terms(match[1]))]
    loose = read(_PHRASE.sub(" \n ", words)).keys
    telling = [key for key in loose if key not in data.words("empty_words.txt")]
    chosen = telling or ([] if phrases else loose)
    wanted = [[term] for key in chosen if (term := _term(key))] + phrases
    if not wanted:
        raise ValueError(f"no word to search for in {words!r}")
    if kind == "sqlite":
        query = " AND ".join('"' + " ".join(phrase) + '"' for phrase in wanted)
        ids = "SELECT rowid FROM quote_terms WHERE quote_terms MATCH :query"
    else:
        query = " & ".join(
            "(" + " <-> ".join(f"'{term}'" for term in phrase) + ")" for phrase in wanted
        )
        ids = "SELECT quote_id FROM quote_terms WHERE terms @@ CAST(:query AS tsquery)"
    return tables.quotes.c.id.in_(text(ids).bindparams(query=query).columns(tables.quotes.c.id))
