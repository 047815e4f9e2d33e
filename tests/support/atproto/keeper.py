"""Starts the servers with a private PostgreSQL and Redis, and ends them: on SIGTERM, or when a process is gone.

Run as `python -m tests.support.atproto.keeper FOLDER --watch PID [--limits]`. It writes FOLDER/network.json when
everything answers. `--limits` is a data server alone, with its real rate limits.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from tests.support.atproto.installation import HERE, installed

POSTGRES, REDIS = 432, 379


def main() -> None:
    """Keeps the servers until nobody needs them."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--watch", type=int, required=True)
    options.add_argument("--limits", action="store_true")
    chosen = options.parse_args()
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    with ExitStack() as stack:
        where = start(chosen.folder, stack, limits=chosen.limits)
        (chosen.folder / "network.part").write_text(json.dumps(where))
        (chosen.folder / "network.part").rename(chosen.folder / "network.json")
        while not over.wait(0.5) and alive(chosen.watch):
            pass
        (chosen.folder / "network.json").unlink()
    shutil.rmtree(chosen.folder, ignore_errors=True)


def start(folder: Path, stack: ExitStack, *, limits: bool) -> dict[str, str]:
    """The addresses of the servers, once they answer. What was started is ended by `stack`."""
    home, base = installed(), free_base()
    environment = os.environ | {"AT_DIR": str(home), "PORT_BASE": str(base), "TMPDIR": str(scratch(folder))}
    if limits:
        environment |= {"NO_APPVIEW": "1", "RATE_LIMITS": "1"}
    else:
        postgres(folder, base + POSTGRES, stack)
        redis(folder, base + REDIS, stack)
        environment |= {
            "PG_URL": f"postgres://corale@127.0.0.1:{base + POSTGRES}/postgres",
            "REDIS_HOST": f"127.0.0.1:{base + REDIS}",
        }
    log = (folder / "servers.log").open("wb")
    command = [str(home / "node22/bin/node"), str(HERE / "servers.mjs")]
    servers = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, cwd=folder)
    stack.callback(end, servers)
    assert servers.stdout is not None
    for line in servers.stdout:
        if line.startswith(b'{"plc"'):
            threading.Thread(target=shutil.copyfileobj, args=(servers.stdout, log), daemon=True).start()
            return {**json.loads(line), "keeper": str(os.getpid())}
    raise RuntimeError("the AT Protocol servers did not start:\n" + (folder / "servers.log").read_text()[-4000:])


def scratch(folder: Path) -> Path:
    """Where the servers leave their files, gone with the folder. Only their register of ports is everybody's."""
    own, register = folder / "tmp", f"atproto-dev-env-ports-{os.getuid()}"
    (everybody := Path(tempfile.gettempdir()) / register).mkdir(exist_ok=True)
    own.mkdir()
    (own / register).symlink_to(everybody)
    return own


def postgres(folder: Path, port: int, stack: ExitStack) -> None:
    """A PostgreSQL of our own, in `folder`; under another user when we are root, as it demands."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    data = folder / "postgres"
    data.mkdir()
    if os.getuid() == 0:
        folder.chmod(0o755)
        shutil.chown(data, "postgres", "postgres")
    as_postgres([str(programs / "initdb"), "-D", str(data / "data"), "-U", "corale", "--auth=trust", "--no-sync"])
    given = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", str(data / "data"), "-l", str(data / "log"), "-w"]
    as_postgres([*control, "-o", given, "start"])
    stack.callback(as_postgres, [*control, "-m", "immediate", "stop"])


def as_postgres(command: list[str]) -> None:
    """Runs a program of PostgreSQL's."""
    if os.getuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def redis(folder: Path, port: int, stack: ExitStack) -> None:
    """A Redis of our own, which keeps nothing."""
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    stack.callback(end, server)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends what we started, and waits for it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_base() -> int:
    """A base with all the ports free that are counted from it."""
    while True:
        base = random.randrange(21000, 30000, 10)
        if all(is_free(base + each) for each in (0, 1, 2, 3, 4, POSTGRES, REDIS)):
            return base


def is_free(port: int) -> bool:
    """Nobody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def alive(pid: int) -> bool:
    """The process is still there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
