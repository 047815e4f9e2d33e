"""`corale up`: everything in one go. Makes what is missing, starts all processes, prints one address."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from corale.project.environment import data_folder
from corale.project.lifeline import end_with_parent
from corale.project.supervisor import Child, Supervisor, running

DEMO = 6.0
"""Seconds that the first line waits for the demo company; what is not there yet arrives on the open page."""


def main(argv: Sequence[str]) -> int:
    options = parse(argv)
    end_with_parent()
    folder = data_folder()
    os.environ.update(PORT=str(options.port), CORALE_DATA=str(folder))
    if problem := obstacle(options.host, options.port, folder):
        print(f"corale: {problem}", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = os.environ.get("CORALE_URL", f"http://localhost:{options.port}").rstrip("/")
    preparing = prepare(url, options)
    link = first_line(preparing)
    if not link:
        print("corale: could not start, for the reason above. `corale doctor` looks at everything.", file=sys.stderr)
        return 1
    serving = [*program("web"), "--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    supervisor = Supervisor([Child("web", serving), Child("worker", program("worker"))], folder / "corale.pid")
    supervisor.run(lambda: announce(options, link, preparing))
    preparing.terminate()
    return 0


def parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="corale up", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("CORALE_HOST", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument("--no-demo", action="store_true", help="start without Molino, the demo company")
    parser.add_argument("--demo-language", choices=["it", "en"], default=None)
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    return parser.parse_args(argv)


def program(command: str) -> list[str]:
    return [sys.executable, "-m", "corale", command]


def obstacle(host: str, port: int, folder: Path) -> str:
    """Why we cannot start here, in a sentence that says what to do; empty when nothing stands in the way."""
    if pid := running(folder / "corale.pid"):
        return f"Corale already runs with the data in {folder} (process {pid}). Stop it first, or set CORALE_DATA."
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                f"port {port} on {host} cannot be used ({error.strerror}). Choose another: corale up --port {port + 1}"
            )
    return ""


def prepare(url: str, options: argparse.Namespace) -> subprocess.Popen[str]:
    """Migrations, the link and the demo, in a process that ends and gives its memory back."""
    words = [*program("prepare"), "--url", url]
    if options.no_demo:
        words.append("--no-demo")
    if options.demo_language:
        words += ["--demo-language", options.demo_language]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603


def first_line(preparing: subprocess.Popen[str]) -> str:
    """The link; empty when the process ended without one."""
    assert preparing.stdout is not None
    return preparing.stdout.readline().strip()


def announce(options: argparse.Namespace, link: str, preparing: subprocess.Popen[str]) -> None:
    """One line, once the first page can be had and, if that does not take long, the demo is there to be seen."""
    host = options.host if options.host not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104
    while not answers(host, options.port):
        time.sleep(0.05)
    with contextlib.suppress(subprocess.TimeoutExpired):
        preparing.wait(DEMO)
    print(f"Corale: {link}", flush=True)
    threading.Thread(target=preparing.wait, daemon=True).start()
    if not options.no_open and sys.stdout.isatty():
        import webbrowser

        webbrowser.open(link)


def answers(host: str, port: int) -> bool:
    """Whether the pages can be had. By hand: what speaks HTTP properly would cost this process several megabytes."""
    try:
        with socket.create_connection((host, port), timeout=2) as asked:
            asked.sendall(b"GET /live/ready HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return b" 200 " in asked.recv(64)
    except OSError:
        return False
