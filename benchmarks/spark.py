"""Spark's throughput, as a ratio to one process without it.

    python -m benchmarks.spark [--articles 10000] [--cores 2] [--sample 500]

Both read made-up articles of very unequal length (benchmarks/made_up.py).  A sample of them
is read by `parse_many` in this process before and after Spark reads them all, so that the
ratio holds on a machine with other work.  Seconds are those of a clock on the wall; Spark's
begin when its workers have started and loaded the models.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

import quotetrack
from benchmarks.made_up import made_up
from quotetrack.integrations.spark import parse_articles


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--cores", type=int, default=2, metavar="N")
    parser.add_argument("--sample", type=int, default=500, metavar="N")
    args = parser.parse_args()
    articles = list(made_up(args.articles))
    sizes = sorted(len(article["text"].split()) for article in articles)
    words = sum(sizes)
    print(f"{len(articles)} articles, {words} words: half have {sizes[len(sizes) // 2]} or less,")
    print(f"one in a hundred {sizes[-len(sizes) // 100]} or more, the longest {sizes[-1]}")
    sample = articles[:: max(1, len(articles) // args.sample)]
    alone(sample[:50])  # lists, models and caches fill
    before = alone(sample)

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.Builder()
        .master(f"local[{args.cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    rows = [(number, *article.values()) for number, article in enumerate(articles)]
    df = session.createDataFrame(rows, "id int, body string, headline string, day string")
    df = df.repartition(16 * args.cores).persist()
    df.count()
    every = max(1, len(articles) // 200)
    some = df.where(f"id % {every} = 0")  # in every partition, so that each worker warms up
    parse_articles(some, title="headline", published="day", keep=["id"]).collect()
    begin = time.perf_counter()
    counted = (
        parse_articles(df, title="headline", published="day", keep=["id"])
        .select(sql.count(sql.lit(1)), sql.sum(sql.size("quotes")), sql.count("error"))
        .first()
    )
    seconds = time.perf_counter() - begin
    session.stop()
    after = alone(sample)
    rate, one = words / seconds, (before + after) / 2
    print(f"rows, quotes, errors: {tuple(counted or ())}")
    print(f"one process:  {one:8.0f} words/s ({before:.0f} before, {after:.0f} after)")
    print(f"Spark, {args.cores} cores: {rate:8.0f} words/s, {seconds:.0f} s")
    print(f"ratio: {rate / one:.2f}")


def alone(sample: list[dict[str, str]]) -> float:
    """Words a second of `parse_many` in this process."""
    begin = time.perf_counter()
    for _ in quotetrack.parse_many(sample):
        pass
    return sum(len(a["text"].split()) for a in sample) / (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
