"""HTML that is safe by construction: whatever is not `Html` already gets escaped."""

from __future__ import annotations

import html
import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Controls and lone surrogates: not allowed in HTML, or not in UTF-8."""


class Html(str):
    """Markup that was built here and needs no escaping."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Text as markup; characters that HTML cannot hold become U+FFFD."""
    return Html(html.escape(_UNFIT.sub("\ufffd", text)))


def join(children: object) -> Html:
    """Children one after the other: None is left out, strings are escaped, lists are opened."""
    if children is None:
        return Html("")
    if isinstance(children, Html):
        return children
    if isinstance(children, list | tuple):
        return Html("".join(map(join, children)))
    return escape(str(children))


def opening(tag: str, /, **attributes: str | int | bool | None) -> Html:
    """A start tag.  ``data_id`` gives data-id, ``class_`` gives class; None and False: left out."""
    parts = [f"<{tag}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        parts.append(f" {attribute}" if value is True else f' {attribute}="{escape(str(value))}"')
    return Html("".join([*parts, ">"]))


def element(tag: str, /, *children: object, **attributes: str | int | bool | None) -> Html:
    """An element with its children."""
    return Html(f"{opening(tag, **attributes)}{join(children)}</{tag}>")
