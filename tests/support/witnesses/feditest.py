"""FediTest, run as its own command against Corale: one case after the other, and what it wrote about each."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path
from typing import Any

from tests.support.fediverse.home import CORALE, Fediverse
from tests.support.witnesses.installation import HERE, installed

CASES = HERE / "cases"


def names() -> list[str]:
    """Every case in `cases`, as FediTest names it: `module::function`."""
    return [
        f"{path.stem}::{each.name}"
        for path in sorted(CASES.glob("*.py"))
        for each in ast.parse(path.read_text()).body
        if isinstance(each, ast.FunctionDef) and _is_case(each)
    ]


def _is_case(function: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "test" for each in function.decorator_list)


def run(fediverse: Fediverse, folder: Path, *, here: str = "molino", nobody: str = "nessuno") -> dict[str, str]:
    """What became of each case: "" where it passed, else why not. Two names: of somebody who is here, and of nobody."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes = {"client": {"nodedriver": "ImpInProcessNodeDriver"}, "server": _server(here, nobody)}
    for role, node in nodes.items():
        (folder / f"{role}.json").write_text(json.dumps(node))
    command = [
        str(installed() / "feditest"), "run", "--testsdir", str(CASES), "--json", str(folder / "transcript.json"),
        *(word for role in nodes for word in ("--node", f"{role}={folder / role}.json")),
    ]  # fmt: skip
    given = fediverse.house.environment | fediverse.lan.environment
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=60, check=False)
    transcript = folder / "transcript.json"
    assert transcript.is_file(), done.stdout + done.stderr
    return _outcomes(json.loads(transcript.read_text()))


def _server(here: str, nobody: str) -> dict[str, Any]:
    return {
        "nodedriver": "FediverseSaasNodeDriver",
        "parameters": {"hostname": CORALE, "app": "Corale"},
        "accounts": [{"role": "here", "account_userid": here}],
        "non_existing_accounts": [{"role": "nobody", "non_existing_account_userid": nobody}],
    }


def _outcomes(transcript: dict[str, Any]) -> dict[str, str]:
    stumbled = [each["result"] for each in (transcript, *transcript["sessions"]) if each["result"]]
    assert not stumbled, stumbled
    named = transcript["plan"]["session_template"]["tests"]
    return {
        named[each["plan_test_index"]]["name"]: str((each["result"] or {}).get("msg", ""))
        for session in transcript["sessions"]
        for each in session["run_tests"]
    }
