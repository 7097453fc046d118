"""HTML pages: the article's text, title, date and address, by trafilatura."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quotetrack.formats.documents import Document, ReadError, iso_date

if TYPE_CHECKING:
    from types import ModuleType

MISSING = "reading HTML needs the extra 'html': pip install 'quotetrack[html]'"
_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]{0,300}\?>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_KEPT = frozenset({"pre", "textarea", "script", "style"})
_DATES = {"original_date": True, "extensive_search": False}
"""Only dates that the page states: a guess would shift every relative time."""


def read(source: str) -> Document:
    """The article of a page; nothing is fetched.

    The text has one paragraph for each of the page, parted by an empty line; a first
    paragraph that only repeats the title is left out.

    Raises:
        ReadError: trafilatura is not installed, or the page holds no text.
    """
    trafilatura = _trafilatura()
    source = _DECLARATION.sub("", source, count=1)  # lxml takes none in decoded text
    tree = trafilatura.load_html(source) if source.strip() else None
    if tree is None:
        raise ReadError("no HTML page: it is empty or broken")
    _collapse_space(tree)
    page = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    title = url = published = None
    text = ""
    if page is not None:
        title, url, text = page.title or None, page.url or None, page.text or ""
        published, _ = iso_date(page.date)
    if not text.strip():  # too short to stand out from the page around it
        text = trafilatura.html2txt(source) or ""
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if paragraphs and title is not None and paragraphs[0] == title.strip():
        del paragraphs[0]
    if not paragraphs:
        raise ReadError("no article text found in the page")
    return Document("\n\n".join(paragraphs), title, published, url)


def _trafilatura() -> ModuleType:
    try:
        import trafilatura  # noqa: PLC0415  an extra, loaded when a page is read
    except ImportError as error:
        raise ReadError(f"{MISSING} ({error})") from None
    return trafilatura


def _collapse_space(tree: Any) -> None:  # noqa: ANN401  lxml has no types
    """White space as a browser shows it: a line break inside a paragraph is a space."""
    for element in tree.iter():
        if element.text and element.tag not in _KEPT and isinstance(element.tag, str):
            element.text = _SPACE.sub(" ", element.text)
        if element.tail:
            inside = element.getparent()
            if inside is None or inside.tag not in _KEPT:
                element.tail = _SPACE.sub(" ", element.tail)
