"""A PostgreSQL of our own: made, started, ended and removed by the run that needs it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port

ORDINARY = {"max_connections": "200", "shared_buffers": "256MB"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"}


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a new, empty server; `durable` waits for the disk, as a real one does.

    It does not lie in the clone, which its own user may not be able to reach.
    """
    folder = Path(tempfile.mkdtemp(prefix="corale-postgres-"))
    try:
        if os.getuid() == 0:
            folder.chmod(0o755)
            shutil.chown(folder, "postgres", "postgres")
        with _server(folder, ORDINARY | ({} if durable else FORGETFUL)) as port:
            yield f"postgresql://corale@127.0.0.1:{port}/corale"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path, settings: dict[str, str]) -> Iterator[int]:
    data, port = str(folder / "data"), free_port()
    made = ["-D", data, "-U", "corale", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run([*_as_its_user(), _program("initdb"), *made], check=True, stdout=subprocess.DEVNULL, cwd="/")
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), **settings}
    given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    # It goes when we go, even when we are killed.
    command = [*_as_its_user("--pdeathsig", "INT"), _program("postgres"), "-D", data, "-p", str(port), *given]
    with (Path(tempfile.gettempdir()) / f"{folder.name}.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True)
    try:
        _wait(server, port, Path(log.name))
        subprocess.run([_program("createdb"), *_address(port), "corale"], check=True)
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        Path(log.name).unlink(missing_ok=True)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    asked = [_program("pg_isready"), "-q", *_address(port)]
    while subprocess.run(asked, check=False).returncode:
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _address(port: int) -> list[str]:
    return ["-h", "127.0.0.1", "-p", str(port), "-U", "corale"]


def _as_its_user(*more: str) -> list[str]:
    who = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
    return ["setpriv", *who, *more] if who or more else []


def _program(name: str) -> str:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name))[::-1]:
        if (folder / name).is_file():
            return str(folder / name)
    return shutil.which(name) or name
