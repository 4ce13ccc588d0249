"""Loading the demonstration within a test."""

import io
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "demo"


def run(*command: str) -> str:
    """What a management command prints."""
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def load_toolkits() -> None:
    run("toolkit", "load", *map(str, sorted((ROOT / "fixtures" / "toolkits").glob("*.yaml"))))
