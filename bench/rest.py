"""What the whole product costs before it does anything: memory, and the time until the first page.

`corale up` as it is, two web processes and one worker, with the demo company. `start` is the time from the command to
the first page answered, to the printed line, and until the demo is loaded; `idle` is memory when nothing happened yet,
`used` after some hundred pages by a signed-in person with 20 open pages listening, `connected` with one account of a
network connected as well, whose software the worker then loads. `rss_mb` counts shared memory once for each process,
`pss_mb` once.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import time
import urllib.request
from pathlib import Path

from bench._product import family, memory, say
from tests.support.processes import House, Process

PAGES = ["/desk/", "/people/", "/channels/", "/improve/", "/indicator/", "/jobs/", "/account/colleagues/", "/design/"]
ROUNDS = 5 if os.environ.get("QUICK") else 25


def main() -> None:
    house = House(Path(os.environ["CORALE_DATA"]), os.environ.get("DATABASE_URL", ""))
    try:
        product, browser = start(house)
        weigh("idle", product)
        streams = [browser.open(f"{house.url}/live/?topics=inbox,counts", timeout=30) for _ in range(20)]
        for _ in range(ROUNDS):
            for path in PAGES:
                visit(browser, house.url + path)
        weigh("used", product)
        house.python(CONNECT)
        time.sleep(15)
        weigh("connected", product)
        for stream in streams:
            stream.close()
        began = time.perf_counter()
        product.stop()
        say("stop", 1, seconds=round(time.perf_counter() - began, 2))
    finally:
        house.close()


CONNECT = """
from corale.channels.models import Connection
made = Connection(kind="bluesky", stable_id="did:plc:bench", handle="bench.test", service="http://127.0.0.1:9")
made.save()
made.keep_secret({"password": "none"})
"""


def start(house: House) -> tuple[Process, urllib.request.OpenerDirector]:
    """Up, and the first person signed in by the link."""
    began = time.perf_counter()
    product = house.start("up", "--no-open", "--demo-language", "en", "--port", str(house.port))
    house.until(house.answers)
    first = time.perf_counter() - began
    house.until(lambda: "Corale: http" in product.log.read_text())
    printed = time.perf_counter() - began
    house.until(lambda: all(commandline(pid) and b"prepare" not in commandline(pid) for pid in family(product.pid)))
    loaded = time.perf_counter() - began
    say("start", 1, first_page_s=round(first, 2), line_s=round(printed, 2), demo_s=round(loaded, 2))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    link = re.findall(r"Corale: (\S+)", product.log.read_text())[0]
    visit(browser, link.replace("localhost", "127.0.0.1"))
    return product, browser


def commandline(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def visit(browser: urllib.request.OpenerDirector, url: str) -> None:
    try:
        browser.open(url, timeout=60).read()
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise


def weigh(case: str, product: Process) -> None:
    """Every process below the one that was started, and itself."""
    time.sleep(3)
    pids = family(product.pid)
    rss, pss = (sum(memory(pid, kind) for pid in pids) for kind in ("Rss", "Pss"))
    parts = sorted((round(memory(pid, "Rss")) for pid in pids), reverse=True)
    say(case, len(pids), rss_mb=round(rss), pss_mb=round(pss), each_rss_mb=parts)
