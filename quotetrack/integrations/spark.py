"""Many millions of articles on Spark: one row an article in, its quotes, speakers and claims out.

    from quotetrack.integrations.spark import parse_articles
    parse_articles(df, text="body").select("id", "quotes").write.parquet("quotes")

It runs as `DataFrame.mapInArrow`: nothing is shuffled or collected, and a Python worker
loads the models once, for all the partitions that it reads.  quotetrack must be installed
where the executors run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import types as spark

from quotetrack.api import as_record
from quotetrack.parallel import read_one
from quotetrack.worker import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame

__all__ = ["CLAIM", "QUOTE", "SPEAKER", "parse_articles"]

_ROWS = 32
"""Articles in a batch of results: what one holds in memory stays small."""


def _struct(**fields: pa.DataType) -> pa.StructType:
    return pa.struct(list(fields.items()))


_TEXT, _PLACE, _SHARE, _DAY = pa.string(), pa.int32(), pa.float64(), pa.date32()
_SPAN = _struct(start=_PLACE, end=_PLACE, text=_TEXT)
_REFERENCE = _struct(id=_TEXT, name=_TEXT)
# figures are decimal numbers of any length, which no column type of Spark's holds: digits
_QUANTITY = _struct(
    span=_SPAN,
    value=_TEXT,
    low=_TEXT,
    high=_TEXT,
    unit=_TEXT,
    dimension=_TEXT,
    qualifier=_TEXT,
    assumed=pa.bool_(),
    precision=_TEXT,
    per=_TEXT,
    of=_TEXT,
    change=_TEXT,
)
_TIME = _struct(span=_SPAN, start=_DAY, end=_DAY, granularity=_TEXT)

QUOTE: pa.StructType = _struct(
    id=_TEXT,
    kind=_TEXT,
    text=_TEXT,
    spans=pa.list_(_SPAN),
    cue=_SPAN,
    source=_SPAN,
    speaker=_REFERENCE,
    manner=_TEXT,
    evidence=_TEXT,
    confidence=_SHARE,
    continues=_TEXT,
    parent=_TEXT,
)
"""A `quotetrack.Quote` as Arrow and Spark hold it."""

SPEAKER: pa.StructType = _struct(
    id=_TEXT,
    name=_TEXT,
    kind=_TEXT,
    role=_TEXT,
    descriptions=pa.list_(_TEXT),
    aliases=pa.list_(_TEXT),
    mentions=pa.list_(_SPAN),
)
"""A `quotetrack.Speaker`."""

CLAIM: pa.StructType = _struct(
    id=_TEXT,
    text=_TEXT,
    span=_SPAN,
    speaker=_REFERENCE,
    quote=_TEXT,
    quantities=pa.list_(_QUANTITY),
    times=pa.list_(_TIME),
    negated=pa.bool_(),
    hedges=pa.list_(_TEXT),
    check_worthiness=_SHARE,
)
"""A `quotetrack.Claim`; its figures are strings of digits, exact."""

_RESULTS: dict[str, pa.DataType] = {
    "quotes": pa.list_(QUOTE),
    "speakers": pa.list_(SPEAKER),
    "claims": pa.list_(CLAIM),
    "error": _TEXT,
}


def parse_articles(
    df: DataFrame,
    text: str = "body",
    *,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    keep: Sequence[str] | None = None,
    min_confidence: float = 0.0,
    timeout: float | None = 60.0,
) -> DataFrame:
    """Read a DataFrame's articles; lazy, as every transformation.

    Each row gives one row: the columns of ``keep``, then ``quotes``, ``speakers`` and
    ``claims`` (arrays of structs with the fields of `QUOTE`, `SPEAKER` and `CLAIM`; null
    where the article could not be read) and ``error`` (why not; null where it could).

    Args:
        df: One row an article.
        text: The column of the bodies, strings.
        title: The column of the headlines; None: there is none.
        published: That of the days, dates, timestamps or ISO strings.
        url: That of the addresses.
        keep: Input columns to keep, in this order; None: all.
        min_confidence: As in `quotetrack.parse`.
        timeout: Seconds that one article may take; a longer one becomes an ``error``.

    Raises:
        ValueError: A column is not there, or its name is one of the results'.
        TypeError: A column is of another type.
    """
    wanted = {"text": text, "title": title, "published": published, "url": url}
    columns = {key: name for key, name in wanted.items() if name is not None}
    kept = list(df.columns if keep is None else keep)
    _check(df, columns, kept)
    schema = spark.StructType(
        [
            *(df.schema[name] for name in kept),
            *(spark.StructField(name, _as_spark(kind)) for name, kind in _RESULTS.items()),
        ]
    )

    # mapInArrow takes no column with a dot in its name: they travel by number
    numbers = {name: f"c{n}" for n, name in enumerate(dict.fromkeys([*columns.values(), *kept]))}
    inputs = {key: numbers[name] for key, name in columns.items()}
    outputs = {name: numbers[name] for name in kept}

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return read_batches(batches, inputs, outputs, min_confidence, timeout)

    needed = (df[_quoted(name)].alias(number) for name, number in numbers.items())
    return df.select(*needed).mapInArrow(read, schema)


def _check(df: DataFrame, columns: Mapping[str, str], kept: Sequence[str]) -> None:
    for name in (*columns.values(), *kept):
        if name not in df.columns:
            raise ValueError(f"there is no column {name!r} (columns: {', '.join(df.columns)})")
    for name in kept:
        if name in _RESULTS:
            raise ValueError(f"the column {name!r} has a result's name: rename it, or use keep")
    days = (spark.StringType, spark.DateType, spark.TimestampType)
    for key, name in columns.items():
        kind = df.schema[name].dataType
        if not isinstance(kind, days if key == "published" else spark.StringType):
            raise TypeError(f"the column {name!r} ({key}) is of type {kind.simpleString()}")


def read_batches(
    batches: Iterable[pa.RecordBatch],
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    min_confidence: float,
    timeout: float | None,
) -> Iterator[pa.RecordBatch]:
    """What runs in a Python worker: batches of rows in, batches with the results out.

    Args:
        batches: From Spark.
        inputs: The columns that hold ``text``, ``title``, ``published``, ``url``.
        outputs: The columns to keep, by the names that they get.
        min_confidence: As in `parse_articles`.
        timeout: As there.
    """
    for batch in batches:
        arrays = {key: batch.column(name) for key, name in inputs.items()}
        for start in range(0, batch.num_rows, _ROWS):
            given = batch.slice(start, _ROWS)
            results = [
                _results(arrays, row, min_confidence, timeout)
                for row in range(start, start + given.num_rows)
            ]
            found = [
                pa.array([result.get(name) for result in results], kind)
                for name, kind in _RESULTS.items()
            ]
            yield pa.RecordBatch.from_arrays(
                [*map(given.column, outputs.values()), *found], [*outputs, *_RESULTS]
            )


def _results(
    arrays: Mapping[str, pa.Array], row: int, min_confidence: float, timeout: float | None
) -> dict[str, Any]:
    """What a row's article holds, or its error."""
    try:
        record = as_record({key: array[row].as_py() for key, array in arrays.items()})
        article = read_one(record, min_confidence, timeout)
    except Exception as error:  # noqa: BLE001  one bad row must not end the job
        return {"error": reason(error)}
    found = article.model_dump(include={"quotes", "speakers", "claims"})
    for claim in found["claims"]:
        for quantity in claim["quantities"]:
            for name in ("value", "low", "high", "precision"):
                if quantity[name] is not None:
                    quantity[name] = str(quantity[name])
    return found


def _as_spark(kind: pa.DataType) -> spark.DataType:
    """Spark's type for one of ours."""
    if pa.types.is_list(kind):
        return spark.ArrayType(_as_spark(kind.value_type))
    if pa.types.is_struct(kind):
        fields = (kind.field(place) for place in range(kind.num_fields))
        return spark.StructType([spark.StructField(f.name, _as_spark(f.type)) for f in fields])
    return _PLAIN[kind]


_PLAIN: dict[pa.DataType, spark.DataType] = {
    _TEXT: spark.StringType(),
    _PLACE: spark.IntegerType(),
    _SHARE: spark.DoubleType(),
    _DAY: spark.DateType(),
    pa.bool_(): spark.BooleanType(),
}


def _quoted(name: str) -> str:
    """A column's name as an expression, dots and all."""
    return "`" + name.replace("`", "``") + "`"
