"""The ``quotetrack`` command: one module for each group of commands, joined in `app`."""

from __future__ import annotations

from quotetrack.cli.app import main

__all__ = ["main"]
