"""The wheel carries its static files hashed, compressed and listed, so that nobody collects them on a server.

It works on a copy: the clone keeps serving its files from where they are written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StaticFiles(BuildHookInterface[Any]):
    """Runs with the product's own dependencies at hand: collecting needs its settings."""

    PLUGIN_NAME = "custom"
    scratch = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self.scratch = tempfile.mkdtemp(prefix="corale-build-")
        package = Path(self.scratch) / "corale"
        shutil.copytree(
            Path(self.root) / "corale", package, ignore=shutil.ignore_patterns("__pycache__", "staticfiles")
        )
        (package / "staticfiles").mkdir()  # that it is there tells the settings to hash
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("CORALE_", "DATABASE_"))
        }
        environment |= {
            "PYTHONPATH": self.scratch,
            "DJANGO_SETTINGS_MODULE": "corale.project.settings",
            "CORALE_DATA": f"{self.scratch}/data",
        }
        command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=self.scratch, env=environment, check=True, stdin=subprocess.DEVNULL)  # noqa: S603
        build_data["force_include"][str(package / "staticfiles")] = "corale/staticfiles"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)
