"""The server, as a process of its own, over real HTTP."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sample_articles import ferry

import quotetrack

if TYPE_CHECKING:
    from httpx import Client

httpx = pytest.importorskip("httpx", reason="httpx is not installed")
pytest.importorskip("fastapi", reason="the extra server is not installed")

TEXT = (
    "“The ferry loses $4.5 million a year,” said Petra Lindqvist, the harbour treasurer. "
    "She told reporters that fares would rise by 12 percent."
)
_RUN = (
    "from quotetrack.integrations.server.app import Settings\n"
    "from quotetrack.integrations.server.run import run\n"
    "if __name__ == '__main__':\n"
    "    run(Settings(workers=2, max_body=400_000, seconds={seconds}, queue=2), '127.0.0.1', 0)\n"
)


def _started(tmp: str, seconds: float) -> tuple[subprocess.Popen[str], str]:
    script = f"{tmp}/serve.py"
    with open(script, "w", encoding="utf-8") as out:  # noqa: PTH123
        out.write(_RUN.format(seconds=seconds))
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, script], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    address = line.split()[1].rstrip("/")
    for _ in range(600):
        try:
            httpx.get(f"{address}/healthz", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return process, address
    process.kill()
    raise AssertionError("the server did not start")


def _stopped(process: subprocess.Popen[str]) -> str:
    process.terminate()
    out, err = process.communicate(timeout=30)
    return out + err


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process, found = _started(str(tmp_path_factory.mktemp("server")), 20)
    yield found
    said = _stopped(process)
    assert said == ""  # not a word of what was sent, nor a traceback


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with httpx.Client(base_url=address, timeout=40) as opened:
        yield opened


def _is_problem(response: object, status: int) -> dict[str, object]:
    assert isinstance(response, httpx.Response)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, object] = response.json()
    assert problem["status"] == status
    assert problem["title"]
    return problem


def test_parse_gives_the_article(client: Client) -> None:
    response = client.post("/parse", json={"text": TEXT, "published": "2024-05-08"})
    assert response.status_code == 200
    article = quotetrack.Article.model_validate_json(response.content)
    assert article == quotetrack.parse(TEXT, published="2024-05-08")
    assert article.quotes_by("Petra Lindqvist")


def test_find_quote(client: Client) -> None:
    asked = {"quote": "The ferry loses $45 million a year", "source": TEXT}
    assert client.post("/find-quote", json=asked).json()["verdict"] == "altered"
    article = client.post("/parse", json={"text": TEXT}).json()
    asked = {"quote": "The ferry loses $4.5 million a year", "source": article}
    found = client.post("/find-quote", json=asked).json()
    assert found["verdict"] == "verbatim"
    assert found["speaker"]["name"] == "Petra Lindqvist"


def test_verify(client: Client) -> None:
    article = quotetrack.parse(TEXT)
    claim = next(c for c in article.claims if c.quantities and c.quantities[0].unit == "USD")
    known = claim.quantities[0].model_copy(update={"value": Decimal(9_000_000)})
    fact = {"subject": "ferry loses", "source": "Annual report"}
    sent = {
        "claim": claim.model_dump(mode="json"),
        "facts": [{**fact, "quantity": known.model_dump(mode="json")}],
    }
    assert client.post("/verify", json=sent).json()["verdict"] == "contradicts"


def test_health(client: Client) -> None:
    answer = client.get("/healthz").json()
    assert answer == {"status": "ok", "version": quotetrack.__version__}


def test_openapi_describes_the_models(client: Client) -> None:
    description = client.get("/openapi.json").json()
    assert {"/parse", "/find-quote", "/verify", "/healthz"} <= set(description["paths"])
    schemas = description["components"]["schemas"]
    assert {"Article", "QuoteMatch", "Check", "Problem", "Fault"} <= set(schemas)
    parse = description["paths"]["/parse"]["post"]["responses"]
    assert "application/problem+json" in parse["422"]["content"]
    assert parse["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/Article")


@pytest.mark.parametrize(
    ("path", "sent", "where"),
    [
        ("/parse", {}, "text"),
        ("/parse", {"text": 3}, "text"),
        ("/parse", {"text": "x", "published": "soon"}, "published"),
        ("/parse", {"text": "x", "colour": "red"}, "colour"),
        ("/parse", {"text": "x", "min_confidence": 2}, "min_confidence"),
        ("/verify", {"claim": {}, "facts": []}, "claim.id"),
    ],
)
def test_a_bad_body_is_a_problem(
    client: Client, path: str, sent: dict[str, object], where: str
) -> None:
    problem = _is_problem(client.post(path, json=sent), 422)
    errors = problem["errors"]
    assert isinstance(errors, list)
    assert where in [error["where"] for error in errors]


def test_what_is_no_json_or_no_path_is_a_problem(client: Client) -> None:
    headers = {"content-type": "application/json"}
    for body in (b"{", b"\xff\xfe", b"[1,2]", b'{"text": "\\ud800"}'):
        _is_problem(client.post("/parse", content=body, headers=headers), 422)
    _is_problem(client.get("/nowhere"), 404)
    _is_problem(client.get("/parse"), 405)


def test_a_large_body_is_refused(client: Client) -> None:
    _is_problem(client.post("/parse", json={"text": "x" * 500_000}), 413)

    def pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 10_000

    try:
        response = client.post("/parse", content=pieces())
    except httpx.TransportError:
        return  # closed while we were still sending: refused as well
    _is_problem(response, 413)


def test_foreign_names_and_pages_are_refused(client: Client) -> None:
    _is_problem(client.get("/healthz", headers={"host": "evil.example:80"}), 421)
    sent = client.post("/parse", json={"text": "x"}, headers={"sec-fetch-site": "cross-site"})
    _is_problem(sent, 403)
    assert client.get("/healthz", headers={"host": "[::1]:8765"}).status_code == 200


def test_pages_have_a_strict_policy(client: Client) -> None:
    start = client.get("/")
    assert "<form" in start.text
    sent = {"text": f"{TEXT}<script>alert(1)</script>", "title": "Ferry", "published": ""}
    drawn = client.post("/report", data=sent)
    assert drawn.status_code == 200
    assert "Petra Lindqvist" in drawn.text
    assert "<script>alert" not in drawn.text
    for response in (start, drawn, client.get("/healthz"), client.get("/nowhere")):
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"


def test_a_person_pastes_an_article(address: str) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        noise: list[str] = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith(address) else noise.append(request.url),
        )
        page.goto(address)
        page.get_by_label("Headline").fill("Ferry")
        page.get_by_label("Article").fill(TEXT)
        page.get_by_role("button", name="Read it").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Ferry"
        page.locator("mark").first.click()
        assert "Petra Lindqvist" in page.locator(".card > details[open]").inner_text()
        browser.close()
    assert noise == []


def test_the_form_comes_back_with_what_is_wrong(client: Client) -> None:
    sent = {"text": "a < b </textarea>", "published": "soon", "title": '"><b>'}
    response = client.post("/report", data=sent)
    assert response.status_code == 422
    assert "soon is no date" in response.text
    assert "a &lt; b &lt;/textarea&gt;" in response.text
    assert '"><b>' not in response.text


def test_others_are_served_while_a_large_article_is_read(client: Client, address: str) -> None:
    large = " ".join([TEXT] * 700)
    done: list[float] = []

    def read() -> None:
        httpx.post(f"{address}/parse", json={"text": large}, timeout=60)
        done.append(time.monotonic())

    reader = threading.Thread(target=read)
    begin = time.monotonic()
    reader.start()
    time.sleep(0.3)
    for _ in range(5):
        assert client.get("/healthz").status_code == 200
    assert client.post("/parse", json={"text": TEXT}).status_code == 200
    small = time.monotonic() - begin
    reader.join()
    assert small < done[0] - begin


def test_a_slow_task_is_ended_and_the_next_is_served(tmp_path: object) -> None:
    process, address = _started(str(tmp_path), 0.3)
    try:
        large = " ".join([TEXT] * 2500)
        slow = httpx.post(f"{address}/parse", json={"text": large}, timeout=60)
        _is_problem(slow, 503)
        pasted = httpx.post(f"{address}/report", data={"text": large[:200_000]}, timeout=60)
        assert pasted.status_code == 503
        assert "took longer than 0.3 seconds" in pasted.text
        assert "<form" in pasted.text
        for _ in range(50):
            again = httpx.post(f"{address}/parse", json={"text": "He left."}, timeout=60)
            if again.status_code == 200:
                break
        assert again.status_code == 200
    finally:
        said = _stopped(process)
    assert "Petra" not in said


def test_too_many_are_told_to_come_back(address: str) -> None:
    large = " ".join([TEXT] * 300)
    answers: list[int] = []

    def read() -> None:
        response = httpx.post(f"{address}/parse", json={"text": large}, timeout=90)
        answers.append(response.status_code)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 503 in answers
    assert 200 in answers


def test_a_body_that_does_not_come_is_given_up(tmp_path: object) -> None:
    process, address = _started(str(tmp_path), 1)
    try:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            head = "POST /parse HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\n{"
            connection.sendall(head.encode())
            answer = connection.recv(4096)
        assert answer.startswith(b"HTTP/1.1 408")
    finally:
        _stopped(process)


def test_report_of_a_prepared_article_is_the_one_that_is_served(client: Client) -> None:
    from quotetrack.formats.report import report  # noqa: PLC0415

    article = ferry()
    sent = {"text": article.text, "title": "T", "published": "2024-05-11"}
    drawn = client.post("/report", data=sent).text
    assert drawn == report(quotetrack.parse(article.text, "T", "2024-05-11"))
