"""The report in a real browser: keyboard, contrast, paper, and no word to anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample_articles import ferry, hostile, megabyte

from quotetrack.formats.report import report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

_CONTRAST = """
() => {
  const linear = (v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const channel = (v) => linear(v / 255);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const colour = (css) => css.match(/[\\d.]+/g).map(Number);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const c = colour(getComputedStyle(node).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !node.checkVisibility()) continue;
    if (node.closest("script")) continue;
    const [a, b] = [light(colour(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push([walk.currentNode.data.slice(0, 30), ratio.toFixed(2)]);
  }
  return poor;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    path = path or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any console message, error or request but for its file."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    noise: list[str] = []
    opened.on("console", lambda message: noise.append(message.text))
    opened.on("pageerror", lambda error: noise.append(str(error)))
    opened.on(
        "request",
        lambda request: None if request.url.startswith("file:") else noise.append(request.url),
    )
    yield opened
    context.close()
    assert noise == []


@pytest.fixture
def single(tmp_path: Path) -> str:
    return _write(tmp_path, report(ferry()))


@pytest.fixture
def several(tmp_path: Path) -> str:
    return _write(tmp_path, report([ferry(), hostile(), ferry()]))


def _write(folder: Path, html: str) -> str:
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_a_quote_is_chosen_by_keyboard_and_left_again(page: Page, single: str) -> None:
    page.goto(single)
    page.keyboard.press("Tab")
    assert _focused(page) == "Skip to the report"
    for _ in range(20):
        page.keyboard.press("Tab")
        if _focused(page) == "q2":
            break
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1
    card = page.locator("details[open]")
    assert "Jonas Weber" in _focused(page)
    assert "told" in card.inner_text()
    assert page.locator(".cue.on").inner_text() == "told"
    assert page.locator(".source.on").inner_text() == "Jonas Weber, the mayor"
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0
    assert _focused(page) == "q2"


def test_every_control_is_reached_by_tab(page: Page, single: str) -> None:
    page.goto(single)
    reached: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(_focused(page).strip())
    for name in ("q1", "q5", "Worth checking", "Speaker"):
        assert name in reached
    assert any(words.startswith("Petra Lindqvist harbour treasurer") for words in reached)


def test_a_click_on_an_inner_quote_chooses_the_inner_one(page: Page, single: str) -> None:
    page.goto(single)
    page.get_by_text("“not one more krona”").first.click()
    assert page.locator("details[open]").get_attribute("id") == "a1-q3"
    page.locator("details[open]").get_by_role("link", name="q2").click()
    assert page.locator("details[open]").get_attribute("id") == "a1-q2"


def test_a_speaker_shows_only_theirs(page: Page, single: str) -> None:
    page.goto(single)
    button = page.get_by_role("button", name="Petra Lindqvist")
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.get_by_role("status").inner_text() == "Petra Lindqvist: 2 quotes"
    assert page.locator(".card:visible").count() == 2
    assert page.locator("#claims-table tbody tr:visible").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".card:visible").count() == 5
    assert button.get_attribute("aria-pressed") == "false"


def test_claims_sort(page: Page, single: str) -> None:
    page.goto(single)
    header = page.locator("#claims-table th", has_text="Figures")
    assert page.locator("#claims-table th").first.get_attribute("aria-sort") == "descending"
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    assert "4,500,000" in page.locator("#claims-table tbody tr").first.inner_text()
    header.get_by_role("button").click()
    assert "12 percent" in page.locator("#claims-table tbody tr").first.inner_text()


def test_index_gathers_a_speaker_over_all(page: Page, several: str) -> None:
    page.goto(several)
    page.locator("#speakers").get_by_role("button", name="Petra Lindqvist").click()
    assert page.locator("#chosen a").count() == 4
    assert page.locator("#index-table tbody tr:visible").count() == 2
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(page: Page, several: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(several)
    assert page.evaluate(_CONTRAST) == []
    page.locator("mark").first.click()
    page.locator("button.speaker").first.click()
    assert page.evaluate(_CONTRAST) == []


def test_a_narrow_screen_does_not_scroll_sideways(page: Page, several: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(several)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_paper_has_every_card_open(page: Page, single: str) -> None:
    page.goto(single)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details[open]").count() == 5
    assert page.locator(".skip:visible").count() == 0
    assert page.evaluate(_CONTRAST) == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_structure_for_a_screen_reader(page: Page, single: str) -> None:
    page.goto(single)
    levels = page.eval_on_selector_all("h1,h2,h3", "nodes => nodes.map(n => +n.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.get_by_role("link", name="Quote q3, Petra Lindqvist, mixed").count() == 1
    assert page.get_by_role("table", name="Claims").count() == 1


def test_without_script_everything_can_be_read(browser: Browser, single: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(single)
    page.locator("a.ref").first.click()
    assert page.url.endswith("#a1-q1")
    page.locator("summary").first.click()
    assert page.get_by_text("The sentence says so").first.is_visible()
    context.close()


def test_a_hostile_megabyte_is_text(page: Page, tmp_path: Path) -> None:
    article = megabyte()
    page.goto(_write(tmp_path, report(article)))
    assert page.evaluate("window.hacked") is None
    shown = str(page.evaluate("document.querySelector('.text').textContent"))
    assert shown.count("<script>window.hacked=1</script>") == article.text.count("<script>")
    page.locator("mark").nth(1).click()
    assert page.locator("details[open]").get_attribute("id") == "a1-q2"
    page.get_by_role("button", name="Ana</button>").click()
    assert page.locator(".card:visible").count() == len(article.quotes)


def test_notebook_frame_works(page: Page) -> None:
    html = ferry()._repr_html_()
    page.set_content(f"<!doctype html><title>n</title>{html}")
    inside = page.frame_locator("iframe")
    inside.locator("mark").first.click()
    assert inside.locator("details[open]").count() == 1
