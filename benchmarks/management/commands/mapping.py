from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchmarks.editions.checking import Document
from benchmarks.editions.problems import EditionError
from benchmarks.mappings.checking import read_mapping
from benchmarks.mappings.storing import load
from benchmarks.models import EditionMapping


class Command(BaseCommand):
    help = "List, check and load mappings between toolkit editions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="the mappings that are loaded")
        check = actions.add_parser("check", help="say what is wrong with files, loading nothing")
        check.add_argument("files", nargs="+", type=Path, metavar="FILE")
        loading = actions.add_parser("load", help="load files, after their editions: all or none")
        loading.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{action}")(**options)
        except EditionError as error:
            raise CommandError(str(error)) from error

    def do_list(self, **_: Any) -> None:
        mappings = EditionMapping.objects.select_related("source", "target")
        for mapping in mappings:
            self.stdout.write(f"{mapping}: {mapping.says}")
        if not mappings:
            self.stdout.write("No mapping is loaded. Run: manage.py mapping load FILE")

    def do_check(self, files: list[Path], **_: Any) -> None:
        for file, document in zip(files, read_all(files), strict=True):
            self.stdout.write(f"{file}: no problems. {len(document['links'])} links")

    def do_load(self, files: list[Path], **_: Any) -> None:
        for mapping, is_new in load(read_all(files)):
            done = f"loaded. {len(mapping.links)} links" if is_new else "unchanged."
            self.stdout.write(f"{mapping}: {done}")


def read_all(files: list[Path]) -> list[Document]:
    """The problems of all files at once, where there are any."""
    documents, problems = [], []
    for file in files:
        try:
            documents.append(read_mapping(file))
        except EditionError as error:
            problems += error.problems
    if problems:
        raise EditionError(problems)
    return documents
