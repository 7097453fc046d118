"""On a real local Spark: the same results as `parse_many`, bad rows told and passed over."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

import quotetrack
from benchmarks.made_up import made_up
from quotetrack.models import Claim, Quote, Speaker
from quotetrack.text import tagger

pytest.importorskip("pyspark")
pytest.importorskip("pyarrow")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java, which is not installed", allow_module_level=True)

import pyarrow as pa
from pyspark.sql import DataFrame, Row, SparkSession

from quotetrack.integrations import spark as integration
from quotetrack.integrations.spark import parse_articles

TEXT = "The mayor, Ana Duarte, said that the boats had lost $4.5 million on Friday."


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.Builder().master("local[2]").appName("quotetrack")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def rows(df: DataFrame) -> list[Row]:
    return sorted(df.collect(), key=lambda row: row["id"])


def results(row: Row) -> dict[str, Any]:
    """The row's results as quotetrack's own types."""
    values = row.asDict(recursive=True)
    return {
        "quotes": tuple(map(Quote.model_validate, values["quotes"])),
        "speakers": tuple(map(Speaker.model_validate, values["speakers"])),
        "claims": tuple(map(Claim.model_validate, values["claims"])),
    }


def test_results_are_those_of_parse_many(session: SparkSession) -> None:
    articles = list(made_up(150, seed=7))
    given = [(number, *article.values()) for number, article in enumerate(articles)]
    df = session.createDataFrame(given, "id int, body string, headline string, day string")
    df = df.repartition(5)
    found = rows(parse_articles(df, title="headline", published="day", keep=["id"]))
    expected = list(quotetrack.parse_many(articles))
    assert sum(len(a.text) for a in expected[:3]) != len(expected[0].text) * 3  # skewed
    assert [row["id"] for row in found] == list(range(150))
    for row, article in zip(found, expected, strict=True):
        assert row["error"] is None
        assert results(row) == {
            "quotes": article.quotes,
            "speakers": article.speakers,
            "claims": article.claims,
        }


def test_bad_rows_are_told_and_lose_no_others(session: SparkSession) -> None:
    df = session.createDataFrame(
        [
            (1, TEXT, "2024-03-08"),
            (2, None, None),
            (3, TEXT, "last week"),
            (4, TEXT * 20_000, None),
            (5, "", None),
            (6, TEXT, None),
        ],
        "id int, body string, day string",
    )
    found = rows(parse_articles(df.coalesce(1), published="day", timeout=2, keep=["id"]))
    assert [row["error"] for row in found] == [
        None,
        "text must be a str, not NoneType",
        "published is no ISO date (YYYY-MM-DD): 'last week'",
        "TimeoutError: took longer than 2 seconds",
        None,
        None,
    ]
    assert [row["quotes"] is None for row in found] == [False, True, True, True, False, False]
    first = found[0]
    assert first["quotes"][0]["speaker"]["name"] == "Ana Duarte"
    assert first["claims"][0]["quantities"][0]["value"] == "4500000"
    assert first["claims"][0]["times"][0]["start"] == date(2024, 3, 8)
    assert found[5]["claims"][0]["times"][0]["start"] is None
    assert found[4]["quotes"] == []


def test_columns_are_kept_whatever_they_are_called(session: SparkSession) -> None:
    df = session.sql(
        "select 1 as id, 'x' as `a.b`, array(1, 2) as more, timestamp'2024-03-08 10:00:00' as day, "
        f"'{TEXT}' as `the text`"
    )
    read = parse_articles(df, "the text", published="day")
    results_names = ["quotes", "speakers", "claims", "error"]
    assert read.columns == ["id", "a.b", "more", "day", "the text", *results_names]
    row = read.collect()[0]
    assert (row["a.b"], row["more"]) == ("x", [1, 2])
    assert row["claims"][0]["times"][0]["start"] == date(2024, 3, 8)
    assert parse_articles(df, "the text", keep=()).columns == results_names


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"text": "words"}, ValueError, r"no column 'words' \(columns: id, body, quotes\)"),
        ({"keep": ["nothing"]}, ValueError, "no column 'nothing'"),
        ({}, ValueError, "the column 'quotes' has a result's name"),
        ({"text": "id", "keep": []}, TypeError, r"the column 'id' \(text\) is of type int"),
        ({"published": "id", "keep": []}, TypeError, r"'id' \(published\) is of type int"),
    ],
)
def test_wrong_columns_are_told_before_anything_runs(
    session: SparkSession, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    df = session.createDataFrame([(1, TEXT, "x")], "id int, body string, quotes string")
    with pytest.raises(error, match=message):
        parse_articles(df, **arguments)


def test_a_worker_loads_the_models_once(session: SparkSession) -> None:
    def probe(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in integration.read_batches(batches, {"text": "body"}, {}, 0.0, None):
            loads = tagger.load.cache_info().misses
            yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "loads": [loads]})

    df = session.createDataFrame([(TEXT,)] * 400, "body string").repartition(8)
    found = df.mapInArrow(probe, "pid long, loads long").collect()
    assert len(found) >= 8
    assert len({row["pid"] for row in found}) <= 2
    assert {row["loads"] for row in found} == {1}


@pytest.mark.parametrize(
    ("model", "declared"),
    [
        (Quote, integration.QUOTE),
        (Speaker, integration.SPEAKER),
        (Claim, integration.CLAIM),
    ],
)
def test_the_declared_fields_are_those_of_the_models(
    model: type[BaseModel], declared: pa.StructType
) -> None:
    assert [declared.field(n).name for n in range(declared.num_fields)] == list(model.model_fields)
