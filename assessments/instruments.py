"""Instruments that ship without their statements, for each council to complete with its own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from benchmarks.editions.checking import Document
from benchmarks.editions.reading import read

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "instruments"


@dataclass(frozen=True)
class Instrument:
    name: str
    document: Document

    @property
    def title(self) -> str:
        return str(self.document["title"])

    @property
    def hint(self) -> str:
        return "Prepared: you add the statements from your own form"


@cache
def prepared() -> tuple[Instrument, ...]:
    """Every one that ships, by file name."""
    return tuple(Instrument(file.stem, read(file).data) for file in sorted(FOLDER.glob("*.yaml")))
