"""The product's own settings, with a folder of its own, a password hash that costs nothing, and no waiting for disks.

The database is DATABASE_URL's, or a SQLite file: never one in memory, which threads and processes could not share.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if not os.environ.get("CORALE_TEST_DATA"):
    os.environ["CORALE_TEST_DATA"] = tempfile.mkdtemp(prefix="corale-tests-")
    atexit.register(shutil.rmtree, os.environ["CORALE_TEST_DATA"], ignore_errors=True)
os.environ["CORALE_DATA"] = os.path.join(os.environ["CORALE_TEST_DATA"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.environ["CORALE_SECRET_KEY"] = "only-for-tests-" * 4
os.environ["CORALE_ALLOW_LOOPBACK"] = "1"
for name in ("PORT", "CORALE_URL", "CORALE_HOSTS", "CORALE_HANDLE_HOST", "CORALE_LOG", "EMAIL_URL"):
    os.environ.pop(name, None)

from corale.project.settings import *  # noqa: E402, F403
from corale.project.settings import CORALE_DATA, DATABASES  # noqa: E402

PASSWORD_HASHERS = ["tests.support.hashing.QuickHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=NORMAL", "synchronous=OFF")
    DATABASES["default"]["TEST"] = {"NAME": str(CORALE_DATA / "test.sqlite3")}
