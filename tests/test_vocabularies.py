"""JSON-LD and Web Annotation as other programs read them: expanded, as RDF, by the vocabularies.

The contexts are given here, so that nothing is fetched: that of schema.org has no more than
its vocabulary and which properties hold addresses; that of Web Annotation has the terms of
the recommendation which quotetrack writes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sample_articles import ferry, hostile, span

import quotetrack
from quotetrack import Article, Claim, Quantity, Quote, parse
from quotetrack.facts.claimreview import Reviews
from quotetrack.formats import jsonld, writers
from quotetrack.formats.documents import Origin
from quotetrack.formats.identifiers import sha256_of, text_iri

pyld = pytest.importorskip("pyld.jsonld", reason="pyld is not installed")
rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")

FOLDER = Path(__file__).parent / "vocabularies"
HARBOUR = (Path(__file__).parent.parent / "examples" / "harbour.txt").read_text(encoding="utf-8")
ORIGIN = Origin("news/ferry 1.txt")
BASE = "https://example.org/"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
PREFIXES = {
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
TYPE = rdflib.RDF.type


def _address(name: str) -> dict[str, str]:
    return {"@id": name, "@type": "@id"}


def _count(name: str) -> dict[str, str]:
    return {"@id": name, "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}


CONTEXTS: dict[str, dict[str, Any]] = {
    "https://schema.org": {
        "@vocab": SCHEMA,
        "url": _address(f"{SCHEMA}url"),
        "isBasedOn": _address(f"{SCHEMA}isBasedOn"),
    },
    "http://www.w3.org/ns/anno.jsonld": {
        **PREFIXES,
        "id": "@id",
        "type": "@type",
        **{
            name: f"oa:{name}"
            for name in (
                *("Annotation", "TextualBody", "SpecificResource", "TimeState", "exact"),
                *("TextPositionSelector", "TextQuoteSelector", "prefix", "suffix"),
                *("identifying", "tagging", "describing"),
            )
        },
        "AnnotationPage": "as:OrderedCollectionPage",
        "Software": "as:Application",
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "body": _address("oa:hasBody"),
        "target": _address("oa:hasTarget"),
        "source": _address("oa:hasSource"),
        "selector": _address("oa:hasSelector"),
        "state": _address("oa:hasState"),
        "cached": _address("oa:cachedSource"),
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        "generator": _address("as:generator"),
        "start": _count("oa:start"),
        "end": _count("oa:end"),
        "value": "rdf:value",
        "format": "dc:format",
        "name": "foaf:name",
    },
}


def load(url: str, _options: object) -> dict[str, object]:
    context = {"@context": CONTEXTS[url]}
    return {"contextUrl": None, "documentUrl": url, "document": context}


def graph(document: object) -> Any:  # noqa: ANN401  (rdflib has no types of use here)
    """The document as RDF; a term that no context knows would be lost, and is an error."""
    options = {"base": BASE, "documentLoader": load, "format": "application/n-quads"}
    # without named graphs, N-Quads are N-Triples
    return rdflib.Graph().parse(data=pyld.to_rdf(document, options), format="nt")


def written(format_: writers.Format, article: Article) -> dict[str, Any]:
    out = StringIO()
    writers.write([(article, ORIGIN)], out, format_)
    loaded: dict[str, Any] = json.loads(out.getvalue())
    return loaded


def table(name: str) -> Iterator[list[str]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            yield [cell.strip() for cell in line.split("|")]


# schema.org


CLASSES = {row[0]: row[1] for row in table("schema.txt") if len(row) == 2}
PROPERTIES = {
    row[0]: (set(row[1].split(", ")), set(row[2].split(", ")))
    for row in table("schema.txt")
    if len(row) == 3
}


def kinds(name: str) -> set[str]:
    """A class and all that it is a kind of."""
    found = {name}
    while name in CLASSES:
        name = CLASSES[name]
        found.add(name)
    return found


def check_schema(rdf: Any) -> Counter[str]:  # noqa: ANN401
    """Fails where a term is not schema.org's, or stands where it must not; counts the classes."""
    types = {s: str(o).removeprefix(SCHEMA) for s, o in rdf.subject_objects(TYPE)}
    assert set(types.values()) <= set(CLASSES)
    for subject, predicate, value in rdf:
        if predicate == TYPE:
            continue
        name = str(predicate).removeprefix(SCHEMA)
        assert name in PROPERTIES, predicate
        domain, values = PROPERTIES[name]
        assert kinds(types[subject]) & domain, (types[subject], name)
        if isinstance(value, rdflib.Literal):
            number = isinstance(value.value, int | float | Decimal)
            given = {"Number"} if number else {"Text", "Date", "DateTime"}
        else:
            given = {"URL", *(kinds(types[value]) if value in types else ())}
        assert given & values, (types[subject], name, value)
    return Counter(types.values())


def test_the_table_has_only_terms_of_schema_org() -> None:
    for name in {*CLASSES, *PROPERTIES}:
        assert name in rdflib.SDO, name


@pytest.mark.parametrize("article", [ferry(), hostile(), parse(HARBOUR, published="2024-03-05")])
def test_jsonld_is_valid_by_schema_org(article: Article) -> None:
    document = written("jsonld", article)
    if article == hostile():  # lone surrogates are no characters of RDF
        document = json.loads(json.dumps(document).replace("\\ud800", "?"))
    counts = check_schema(graph(document))
    assert counts["NewsArticle"] == 1
    assert counts["Claim"] == len(article.claims)
    assert counts["Quotation"] + counts["Statement"] == len(article.quotes)


def test_every_quote_and_claim_says_whose_where_and_from_what() -> None:
    article = parse(HARBOUR, published="2024-03-05")
    nodes = {node["@id"].partition("#")[2]: node for node in written("jsonld", article)["@graph"]}
    items: list[Quote | Claim] = [*article.quotes, *article.claims]
    for item in items:
        node = nodes[item.id]
        assert node["isBasedOn"] == text_iri(article.text)
        assert node["sdPublisher"]["name"] == f"quotetrack {quotetrack.__version__}"
        if item.speaker is not None:
            who = node.get("creator", node.get("author"))
            assert nodes[who["@id"].partition("#")[2]]["name"] == item.speaker.name
    assert nodes[""]["encoding"]["sha256"] == sha256_of(article.text)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"value": "8.6E+9"}, {"value": 8_600_000_000}),
        ({"value": "0.5", "unit": "percent", "dimension": "ratio"}, {"value": 0.5}),
        ({"value": "900", "qualifier": "more_than"}, {"minValue": 900}),
        ({"value": "900", "qualifier": "at_least"}, {"minValue": 900}),
        ({"value": "900", "qualifier": "less_than"}, {"maxValue": 900}),
        ({"value": "900", "qualifier": "up_to"}, {"maxValue": 900}),
        ({"value": "900", "qualifier": "about"}, {"value": 900}),
        ({"low": "2", "high": "3"}, {"minValue": 2, "maxValue": 3}),
        ({"low": "2", "high": "3", "qualifier": "at_least"}, {"minValue": 2}),
        ({"value": "1E+999"}, {}),
    ],
)
def test_figures_have_bounds(fields: dict[str, str], expected: dict[str, float]) -> None:
    words = "a figure"
    quantity = Quantity.model_validate(
        {"span": span(words, words), "unit": "USD", "dimension": "money", **fields}
    )
    claim = Claim(id="c1", text=words, span=span(words, words), quantities=(quantity,))
    document = written("jsonld", Article(text=words, claims=(claim,)))
    check_schema(graph(document))
    [figure] = document["@graph"][1]["mentions"]
    bounds = {key: figure[key] for key in ("value", "minValue", "maxValue") if key in figure}
    assert bounds == expected
    assert figure["name"] == words


# A person's fact-check.


def rated(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    article = parse(HARBOUR, published="2024-03-05")
    claim = next(c for c in article.claims if c.speaker and c.speaker.name == "Ana Duarte")
    given: dict[str, Any] = {
        "rating": "Mostly false",
        "reviewer": "Coast Check",
        "url": "https://example.org/pier",
        "published": "2024-04-01",
    }
    return jsonld.claim_review(article, claim, origin=ORIGIN, **{**given, **fields})


def test_a_claim_review_is_valid_and_read_back(tmp_path: Path) -> None:
    document = rated(value=2)
    counts = check_schema(graph(document))
    assert (counts["ClaimReview"], counts["Claim"], counts["Rating"]) == (1, 1, 1)
    path = tmp_path / "review.jsonld"
    path.write_text(jsonld.element(document), encoding="utf-8")
    [review] = Reviews.load(path).items
    assert review.claimant == "Ana Duarte"
    assert (review.rating, review.publisher) == ("Mostly false", "Coast Check")
    assert review.url == "https://example.org/pier"
    article = parse(HARBOUR, published="2024-03-05")
    claim = next(c for c in article.claims if c.text == review.claim)
    [match] = quotetrack.match_reviews(claim, [review])
    assert match.overlap == 1


def test_only_a_person_rates() -> None:
    assert "ratingValue" not in rated()["reviewRating"]
    for wrong, words in (
        ({"rating": " "}, "rating"),
        ({"reviewer": ""}, "reviewer"),
        ({"value": 7}, "between 1 and 5"),
        ({"published": "soon"}, "soon"),
    ):
        with pytest.raises(ValueError, match=words):
            rated(**wrong)
    with pytest.raises(TypeError, match="rating"):
        jsonld.claim_review(  # type: ignore[call-arg]
            ferry(), ferry().claims[0], reviewer="x", url="x", published="2024-01-01"
        )
    with pytest.raises(ValueError, match="not one of"):
        jsonld.claim_review(
            Article(text="x"), ferry().claims[0], rating="x", reviewer="x", url="x",
            published="2024-01-01",
        )  # fmt: skip


# Web Annotation


def long(name: str) -> Any:  # noqa: ANN401
    prefix, _, rest = name.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + rest)


def check_annotations(rdf: Any) -> None:  # noqa: ANN401
    rules = [(long(p), long(c), low, high, v) for p, c, low, high, v in table("anno.txt")]
    motivations = {rdflib.URIRef(OA + n) for n in ("identifying", "tagging", "describing")}
    allowed = {(p, c): v for p, c, _, _, v in rules}
    for subject, kind in rdf.subject_objects(TYPE):
        for predicate, value in rdf.predicate_objects(subject):
            if predicate == TYPE:
                continue
            expected = allowed[predicate, kind]  # a KeyError: not a property of this class
            if expected == "IRI":
                assert isinstance(value, rdflib.URIRef)
            elif expected == "oa:Motivation":
                assert value in motivations
            elif expected == "text":
                assert isinstance(value, rdflib.Literal)
            elif expected == "count":
                assert value.datatype == rdflib.XSD.nonNegativeInteger
                assert value.value >= 0
            elif expected != "list":
                assert rdf.value(value, TYPE) in {long(name) for name in expected.split(", ")}
        for predicate, owner, low, high, _ in rules:
            if owner == kind:
                count = len(list(rdf.objects(subject, predicate)))
                assert int(low) <= count, (kind, predicate)
                assert high == "*" or count <= int(high), (kind, predicate)


@pytest.mark.parametrize("article", [ferry(), parse(HARBOUR, published="2024-03-05")])
def test_annotations_are_valid_by_the_recommendation(article: Article) -> None:
    rdf = graph(written("annotations", article))
    check_annotations(rdf)
    assert len(list(rdf.subjects(TYPE, rdflib.URIRef(f"{OA}Annotation")))) == sum(
        len(items) for items in (article.quotes, article.claims)
    ) + sum(bool(speaker.mentions) for speaker in article.speakers)


def test_quotes_are_read_back_from_annotations() -> None:
    article = parse(HARBOUR, published="2024-03-05")
    found = []
    for item in written("annotations", article)["items"]:
        if item["body"][0]["value"] != "quote":
            continue
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        places = [(t["selector"][0]["start"], t["selector"][0]["end"]) for t in targets]
        found.append(places)
        assert item["generator"]["name"] == f"quotetrack {quotetrack.__version__}"
        assert {t["state"]["cached"] for t in targets} == {text_iri(article.text)}
    assert found == [[(s.start, s.end) for s in quote.spans] for quote in article.quotes]


def test_figures_travel_with_annotations_of_claims() -> None:
    bodies = [
        body["value"]
        for item in written("annotations", parse(HARBOUR))["items"]
        for body in item["body"]
    ]
    assert "figure: 3200000 USD" in bodies
