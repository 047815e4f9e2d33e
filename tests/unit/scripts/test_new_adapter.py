"""A new channel begins with a folder, a line in the registry, and a contract that does not hold yet."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from corale.channels import registry
from scripts.new_adapter import ROOT, make


@pytest.fixture
def clone(tmp_path):
    (tmp_path / "corale/channels").mkdir(parents=True)
    shutil.copy(registry.__file__, tmp_path / "corale/channels/registry.py")
    make(tmp_path, "lemmy")
    return tmp_path


def test_the_registry_knows_it(clone):
    written = (clone / "corale/channels/registry.py").read_text()

    assert '    "lemmy": "corale.adapters.lemmy.adapter:LemmyAdapter",\n}\n' in written


def test_what_is_written_is_python_as_we_write_it(clone):
    for check in (["format", "--check"], ["check"]):
        command = [sys.executable, "-m", "ruff", *check, "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
        subprocess.run([*command, str(clone / "corale")], check=True)
