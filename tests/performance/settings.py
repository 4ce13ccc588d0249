"""The product's own settings, plus the floor page that pages are compared with."""

from pathlib import Path

from prevent_toolkit.settings import *  # noqa: F403
from prevent_toolkit.settings import TEMPLATES

ROOT_URLCONF = "tests.performance.urls"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")  # type: ignore[attr-defined]
