from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from benchmarks.management.files import FilesCommand, read_all, takes_files
from benchmarks.mappings.checking import read_mapping
from benchmarks.mappings.storing import load
from benchmarks.models import EditionMapping


class Command(FilesCommand):
    help = "List, check and load mappings between toolkit editions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="the mappings that are loaded")
        check = actions.add_parser("check", help="say what is wrong with files, loading nothing")
        takes_files(check)
        loading = actions.add_parser("load", help="load files, after their editions: all or none")
        takes_files(loading)

    def do_list(self, **_: Any) -> None:
        mappings = EditionMapping.objects.select_related("source", "target")
        for mapping in mappings:
            self.stdout.write(f"{mapping}: {mapping.says}")
        if not mappings:
            self.stdout.write("No mapping is loaded. Run: manage.py mapping load FILE")

    def do_check(self, files: list[Path], **_: Any) -> None:
        for file, document in zip(files, read_all(files, read_mapping), strict=True):
            self.stdout.write(f"{file}: no problems. {len(document['links'])} links")

    def do_load(self, files: list[Path], **_: Any) -> None:
        for mapping, is_new in load(read_all(files, read_mapping)):
            done = f"loaded. {len(mapping.links)} links" if is_new else "unchanged."
            self.stdout.write(f"{mapping}: {done}")
