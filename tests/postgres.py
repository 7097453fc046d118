"""A PostgreSQL server of our own: a cluster in a new folder, reached by a socket in it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_WAIT = 60.0
_USER = "quotetrack"


def missing() -> str | None:
    """Why no server can be started here; None: one can."""
    if _programs() is None:
        return "PostgreSQL's server is not installed (Debian: apt-get install postgresql)"
    if os.getuid() == 0 and _other_user() is None:
        return "PostgreSQL refuses root, and there is no user postgres or nobody to be"
    return None


def _programs() -> Path | None:
    """The folder with initdb and postgres, the newest version."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3])
    )
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program and shutil.which("postgres") else None


def _other_user() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server; the URL of its database, as `Ledger` takes it.  Everything goes with it."""
    programs = _programs()
    assert programs is not None
    # a socket's path may have 107 bytes: the folder of a test is too long
    folder = Path(tempfile.mkdtemp(prefix="qt-pg-", dir="/tmp"))
    who = _other_user() if os.getuid() == 0 else None
    if who is not None:
        os.chown(folder, who.pw_uid, who.pw_gid)
    user, group = (who.pw_uid, who.pw_gid) if who is not None else (None, None)
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    process: subprocess.Popen[bytes] | None = None
    try:
        with (folder / "log").open("wb") as log:
            subprocess.run(  # noqa: S603
                [
                    programs / "initdb",
                    *("-D", folder / "data", "-U", _USER, "-A", "trust", "-E", "UTF8"),
                    *("--locale=C", "--no-sync"),
                ],
                check=True, cwd=folder, env=environment, stdout=log, stderr=log,
                user=user, group=group, extra_groups=None if who is None else [], timeout=_WAIT,
            )  # fmt: skip
            process = subprocess.Popen(  # noqa: S603
                [
                    programs / "postgres",
                    *("-D", folder / "data", "-k", folder),
                    *("-c", "listen_addresses=", "-c", "fsync=off"),
                ],
                cwd=folder, env=environment, stdout=log, stderr=log,
                user=user, group=group, extra_groups=None if who is None else [],
            )  # fmt: skip
            _wait(process, folder)
        yield f"postgresql:///postgres?user={_USER}&host={folder}"
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + _WAIT
    while time.monotonic() < end and process.poll() is None:
        lines = folder / "data" / "postmaster.pid"
        with contextlib.suppress(OSError):
            if "ready" in lines.read_text(encoding="ascii"):
                return
        time.sleep(0.05)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"PostgreSQL did not start: {log[-2000:]}")
