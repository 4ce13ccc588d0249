"""The product's settings in the surroundings of a test run, on the database of DATABASE_URL.

Each run has a data folder of its own; its parallel workers and child processes share it.
Nothing else in the caller's environment may change what the tests see.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="prevent-toolkit-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
for name in (
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SITE_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
):
    os.environ.pop(name, None)
for name in ("BEHIND_PROXY", "SESSION_HOURS", "LOG_LEVEL"):
    os.environ.pop(name, None)
os.environ["ENVIRONMENT"] = "demo"
os.environ["SECRET_KEY"] = "tests-only-" + "0123456789" * 5

from prevent_toolkit.settings import *  # noqa: E402, F403
from prevent_toolkit.settings import DATABASES, STORAGES  # noqa: E402

# A file, because threads of a live server would share one connection to a database in memory.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["DATA_DIR"]) / "tests.sqlite3")}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
