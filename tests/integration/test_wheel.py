"""What a stranger gets from `pip install`: a product that starts, with its static files in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.support.product import running

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_building_leaves_nothing_in_the_clone(wheel):
    assert not (ROOT / "corale/staticfiles").exists()


def test_it_carries_templates_catalogues_and_hashed_files(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert "corale/staticfiles/staticfiles.json" in names
    assert any(re.fullmatch(r"corale/staticfiles/design/tokens\.[0-9a-f]{12}\.css\.gz", name) for name in names)
    assert "corale/design/templates/design/frame.html" in names
    assert "corale/locale/it/LC_MESSAGES/django.mo" in names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


@pytest.mark.timeout(300)
def test_it_runs_where_nothing_else_is(wheel, tmp_path):
    python = installed(wheel, tmp_path / "venv")

    with running(tmp_path / "data", python=python, environment={"PYTHONPATH": ""}) as product:
        page = urllib.request.urlopen(f"{product.url}/about/").read().decode()
        styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
        answer = urllib.request.urlopen(product.url + styles[0])

    assert re.search(r"\.[0-9a-f]{12}\.css$", styles[0])
    assert "immutable" in answer.headers["Cache-Control"]


def installed(wheel: Path, folder: Path) -> str:
    """A new virtual environment with the wheel and what it asks for, in the versions of the lock file."""
    python = str(folder / "bin/python")
    chosen = ["-c", str(ROOT / "requirements/run.txt"), str(wheel)]
    uv = next(filter(None, [shutil.which("uv", path=str(Path(sys.executable).parent)), shutil.which("uv")]), None)
    if uv:
        subprocess.run([uv, "venv", "--quiet", "--no-project", "--python", sys.executable, str(folder)], check=True)
        command = [uv, "pip", "install", "--quiet", "--python", python, *chosen]
    else:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        command = [python, "-m", "pip", "install", "--quiet", *chosen]
    subprocess.run(command, check=True, env={**os.environ, "UV_SYSTEM_CERTS": "1"}, cwd=folder)
    return python
