"""What a user installs: the wheel's contents, and nothing that could run by itself."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("build", reason="build is not installed")
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)  # noqa: S603
    (file,) = folder.glob("*.whl")
    return file


def test_the_wheel_is_pure_python_and_holds_the_package_alone(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        size = sum(info.compress_size for info in archive.infolist())
    assert {name.split("/")[0] for name in names} <= {
        "quotetrack",
        f"quotetrack-{PROJECT['project']['version']}.dist-info",
    }
    package = {n for n in names if n.startswith("quotetrack/")}
    here = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "quotetrack").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package == here
    assert {Path(name).suffix for name in package} <= {
        *(".py", ".typed", ".txt", ".z", ".css", ".js", ".html", ".svg", ".json", ".sql"),
    }
    assert "quotetrack/py.typed" in package
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert size < 10_000_000


FORBIDDEN = {"eval", "exec", "compile", "__import__"}
FETCHING = {"socket", "ssl", "ftplib", "smtplib", "urllib3", "requests", "httpx"}
ONE_OF_FETCHING = {"urllib.request", "http.client"}
LOADING = {"pickle", "marshal", "shelve", "dill", "joblib", "yaml"}
EXPECTED = {
    ("worker.py", "pickle"),  # between a process and its own child
    ("run.py", "socket"),  # the server's own port
}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "quotetrack").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_nothing_is_evaluated_fetched_or_unpickled(path: Path) -> None:
    found: set[tuple[str, str]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            modules = [node.module or ""]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found |= {(path.name, node.func.id)} if node.func.id in FORBIDDEN else set()
        for module in modules:
            if module.split(".")[0] in FETCHING | LOADING or module in ONE_OF_FETCHING:
                found.add((path.name, module))
    assert found <= EXPECTED


def test_weights_are_numbers_and_words() -> None:
    files = list((ROOT / "quotetrack" / "data").rglob("*"))
    suffixes = {f.suffix for f in files if f.is_file() and "__pycache__" not in f.parts}
    assert suffixes <= {".txt", ".z", ".py", ".json"}


def test_every_dependency_has_a_lower_bound() -> None:
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    for wanted in (w for group in groups for w in group if not w.startswith("quotetrack[")):
        assert ">=" in wanted, wanted
