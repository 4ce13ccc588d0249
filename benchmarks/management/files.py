"""What the commands on files of editions and of mappings have in common."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchmarks.editions.checking import Document
from benchmarks.editions.problems import EditionError


class FilesCommand(BaseCommand):
    """Its first word is an action: `list` is done by `do_list`, and so on."""

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{action}")(**options)
        except EditionError as error:
            raise CommandError(str(error)) from error


def takes_files(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")


def read_all(files: list[Path], read: Callable[[Path], Document]) -> list[Document]:
    """The problems of all files at once, where there are any."""
    documents, problems = [], []
    for file in files:
        try:
            documents.append(read(file))
        except EditionError as error:
            problems += error.problems
    if problems:
        raise EditionError(problems)
    return documents
