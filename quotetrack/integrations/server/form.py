"""The page on which an article can be pasted; a plain form, no script."""

from __future__ import annotations

import base64
import hashlib

from quotetrack.formats.report.element import Html, element, escape, opening

FIELDS = ("text", "title", "published", "url")
_STYLE = """
:root { color-scheme: light dark; --page: #fbfaf7; --ink: #1d1c1a; --line: #757068;
  --field: #fff; --act: #17489c; --on: #fff; --bad: #a01c14; }
@media (prefers-color-scheme: dark) { :root { --page: #17171a; --ink: #eceae6; --line: #97938b;
  --field: #212126; --act: #9dc1ff; --on: #10131a; --bad: #f2a19b; } }
body { max-width: 48rem; margin: 0 auto; padding: 1.5rem; background: var(--page);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
label { display: block; font-weight: 600; margin-top: 1rem; }
input, textarea { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem;
  border: 1px solid var(--line); border-radius: .3rem; background: var(--field); color: inherit; }
textarea { min-height: 18rem; }
button { font: inherit; font-weight: 600; margin-top: 1.2rem; padding: .6rem 1.4rem; border: 0;
  border-radius: .3rem; background: var(--act); color: var(--on); cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.problem { color: var(--bad); font-weight: 600; }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy of the page."""


def page(
    text: str = "", title: str = "", published: str = "", url: str = "", problem: str = ""
) -> str:
    """The form, with what was entered before and what is wrong with it."""
    head = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>quotetrack</title><style>{_STYLE}</style></head>"
    )
    main = element(
        "main",
        element("h1", "Who said what?"),
        element(
            "p",
            "Paste a news article to see its quotes, speakers and claims. ",
            "The text is read on this machine; it is neither kept nor logged.",
        ),
        element("p", problem, class_="problem", role="alert") if problem else None,
        element(
            "form",
            _field("title", "Headline (optional)", title),
            _field("published", "Published, YYYY-MM-DD (optional)", published),
            _field("url", "Address (optional)", url),
            element("label", "Article", for_="text"),
            # a line break right after the tag is not part of the text
            Html(f"{opening('textarea', id='text', name='text', required=True, dir='auto')}\n"),
            escape(text),
            Html("</textarea>"),
            element("button", "Read it", type="submit"),
            method="post",
            action="/report",
        ),
    )
    return f"{head}<body>{main}</body></html>"


def _field(name: str, label: str, value: str) -> Html:
    field = opening("input", id=name, name=name, value=value, autocomplete="off")
    return Html(element("label", label, for_=name) + field)
