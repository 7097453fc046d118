"""Connections: SQLite and PostgreSQL made to behave alike.

Writers take turns: a transaction that writes begins with the database's lock (SQLite's own,
or an advisory lock of PostgreSQL), so that two of them never join the same speaker twice.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Connection, Engine, StaticPool, event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.exc import OperationalError as DatabaseRefused

from quotetrack.facts.ledger.migrations import migrate
from quotetrack.facts.ledger.results import LedgerError

_PATIENCE = 60.0
"""Seconds that a writer waits for its turn in SQLite."""
_PAUSE = 0.05
_LOCK = 0x71756F7465  # "quote": the number of our advisory lock
_CACHE = 32 * 1024
"""KiB of pages that SQLite keeps in memory."""


class Database:
    """An engine whose schema is up to date."""

    def __init__(self, url: str, *, create: bool) -> None:
        address = _address(url)
        self.name = address.render_as_string(hide_password=True)
        self.kind = address.get_backend_name()
        self.engine = _engine(address)
        try:
            if not create:
                self._must_exist(address)
            with self.write() as connection:
                migrate(connection)
        except LedgerError:
            self.engine.dispose()
            raise

    def _must_exist(self, address: URL) -> None:
        file = address.database
        # to look into an SQLite file that is not there would make it
        there = self.kind != "sqlite" or (file is not None and Path(file).exists())
        if there:
            with self.read() as connection:
                there = sqlalchemy.inspect(connection).has_table("ledger_schema")
        if not there:
            raise LedgerError(f"{self.name}: there is no ledger")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._told(error) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: all of it, or nothing, is kept."""
        try:
            with self.engine.connect() as connection:
                turn = connection.execution_options(quotetrack_writes=True)
                with turn.begin():
                    if self.kind == "postgresql":
                        turn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                    yield turn
        except SQLAlchemyError as error:
            raise self._told(error) from error

    def _told(self, error: SQLAlchemyError) -> LedgerError:
        cause = getattr(error, "orig", None) or error
        words = " ".join(str(cause).split())
        if isinstance(error, DatabaseRefused) and "locked" in words:
            words = f"other writers kept it locked for {_PATIENCE:.0f} seconds"
        return LedgerError(f"{self.name}: {words}")


def _address(url: str) -> URL:
    """The URL with its driver; a plain path is an SQLite file."""
    if not isinstance(url, str):
        raise TypeError(f"url must be a str, not {type(url).__name__}")
    if "://" not in url:
        if not url.strip():
            raise ValueError("the ledger's URL or path is empty")
        return URL.create("sqlite", database=url)
    try:
        address = sqlalchemy.make_url(url)
    except ArgumentError:
        raise ValueError("the ledger's URL cannot be read; write sqlite:///ledger.db") from None
    match address.drivername:
        case "sqlite" | "sqlite+pysqlite" | "postgresql+psycopg":
            return address
        case "postgresql" | "postgres":
            return address.set(drivername="postgresql+psycopg")
    raise ValueError(f"a ledger lives in sqlite or postgresql, not in {address.drivername!r}")


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        return sqlalchemy.create_engine(address, pool_pre_ping=True)
    options: dict[str, Any] = {"connect_args": {"timeout": _PATIENCE}}
    if address.database in {None, "", ":memory:"}:
        # one connection for all, or each would have a ledger of its own
        options["poolclass"] = StaticPool
        options["connect_args"]["check_same_thread"] = False
    engine = sqlalchemy.create_engine(address, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None  # transactions begin where we say
        _read_while_writing(connection)
        for pragma in (
            "synchronous=FULL",  # what was committed survives a power cut
            "foreign_keys=ON",
            f"cache_size=-{_CACHE}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("quotetrack_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _read_while_writing(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log; SQLite does not wait for its turn to do so by itself."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return
