"""Rules for servers as a file: the columns in which Mastodon and its relatives exchange them (domain_blocks.csv)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.hosts import named
from corale.adapters.activitypub.models import Server
from corale.adapters.activitypub.rules import Rule

COLUMNS = ("#domain", "#severity", "#reject_media", "#reject_reports", "#public_comment", "#obfuscate")
MOST = 20_000
SEVERITIES = {"suspend": "blocked", "silence": "limited", "noop": "open", "": "blocked"}
YES, NO = {"true", "t", "1", "yes"}, {"false", "f", "0", "no", ""}


@dataclass
class Found:
    """What stands in a file: hosts with their rules, and [number of the line, what is wrong, the line]."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[list[Any]] = field(default_factory=list)


def read(text: str) -> Found:
    """Never fails: what cannot be read is a problem, with the number of its line. Of a host named twice, the last line
    holds. Without a heading, each line begins with the name of a server, which is blocked."""
    found, hosts = Found(), {}
    for number, row in _rows(text, found):
        if number > MOST:
            found.problems.append([number, "too_many", ""])
            break
        host, rule, problem = _line(row)
        if problem:
            found.problems.append([number, problem, ",".join(str(each) for each in row.values())[:200]])
        else:
            hosts[host] = {"host": host, **asdict(rule)}
    found.lines = sorted(hosts.values(), key=lambda line: str(line["host"]))
    return found


def _rows(text: str, found: Found) -> Iterator[tuple[int, dict[str, str]]]:
    names: list[str] | None = None
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff").replace("\0", "")))
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            found.problems.append([lines.line_num, "not_csv", ""])
            continue
        if names is None:
            names = _heading(cells)
            if names:
                continue
            names = ["domain", "severity", "reject_media", "reject_reports", "public_comment", "obfuscate"]
        if any(cell.strip() for cell in cells):
            yield lines.line_num, dict(zip(names, cells, strict=False))


def _heading(cells: list[str]) -> list[str] | None:
    names = [cell.strip().lower().removeprefix("#") for cell in cells]
    return names if "domain" in names else None


def _line(row: dict[str, str]) -> tuple[str, Rule, str]:
    """A host, its rule, and what is wrong with them."""
    said = {name: str(value).strip() for name, value in row.items()}
    host, severity = named(said.get("domain", "")), SEVERITIES.get(said.get("severity", "").lower())
    flags = {name: said.get(name, "").lower() for name in ("reject_media", "reject_reports", "obfuscate")}
    if "*" in said.get("domain", "").removeprefix("*."):
        return "", Rule(), "hidden"
    if not host:
        return "", Rule(), "no_host"
    if addresses.is_our_house(host):
        return "", Rule(), "ours"
    if severity is None:
        return "", Rule(), "severity"
    if any(flag not in YES | NO for flag in flags.values()):
        return "", Rule(), "flag"
    rule = Rule(
        stance=severity,
        rejects_media=flags["reject_media"] in YES,
        rejects_reports=flags["reject_reports"] in YES,
        is_obfuscated=flags["obfuscate"] in YES,
        public_comment=said.get("public_comment", "")[:500],
    )
    return host, rule, ""


def write(servers: Iterable[Server]) -> Iterator[str]:
    """The same columns, line by line; private comments stay here."""
    severity = {stance: word for word, stance in SEVERITIES.items() if word}
    yield _written(COLUMNS)
    for server in servers:
        flags = (server.rejects_media, server.rejects_reports)
        yield _written(
            (server.host, severity[server.stance], *map(_flag, flags), _plain(server.public_comment),
             _flag(server.is_obfuscated))
        )  # fmt: skip


def _plain(words: str) -> str:
    """A spreadsheet takes what begins like a formula for one."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@"} else words


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _written(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
