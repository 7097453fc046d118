"""Photograph the report of an example in a browser: docs/images/report.png.

python tools/report_picture.py docs/images/report.png
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import quotetrack
from quotetrack.formats import readers
from quotetrack.formats.documents import Problem
from quotetrack.formats.report import report

EXAMPLE = Path(__file__).parent.parent / "examples" / "pier-inquiry.md"
CHOSEN = "I wrote it in capitals"


def main(target: str) -> None:
    """Draw the example, choose a quote, and take the picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium on this machine")
    [document] = readers.read(EXAMPLE)
    if isinstance(document, Problem):
        sys.exit(str(document))
    article = quotetrack.parse(document.text, document.title, document.published, document.url)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page_file = Path(folder, "report.html")
        page_file.write_text(report(article), encoding="utf-8")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 860}, color_scheme="light")
        page.goto(page_file.as_uri())
        page.get_by_text(CHOSEN).first.click()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
