# One command for each thing that is done often; .venv is made when it is missing.
bin := .venv/bin

.PHONY: setup test lint types measure docs serve-docs reference picture ci

setup: $(bin)/pytest

$(bin)/pytest:
	python3 -m venv .venv
	$(bin)/pip install -q -e ".[all,dev,docs]"

test: setup
	$(bin)/pytest

lint: setup
	$(bin)/ruff check .
	$(bin)/ruff format --check .

types: setup
	$(bin)/mypy

# against the floors in benchmarks/floors.json
measure: setup
	$(bin)/python -m benchmarks.accuracy --check

docs: setup
	$(bin)/mkdocs build --strict

serve-docs: setup
	$(bin)/mkdocs serve

# docs/reference/command-line.md from the program's own help
reference: setup
	$(bin)/python tools/command_line_reference.py docs/reference/command-line.md

# docs/images/report.png, in a browser (Chromium)
picture: setup
	$(bin)/python tools/report_picture.py docs/images/report.png

ci:
	bash .ci/run
