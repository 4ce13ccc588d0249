from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from assessments.exports.interchange import render_json
from assessments.imports.interchange import read_cycle
from assessments.imports.json_file import MAX_BYTES
from assessments.management.arguments import author, council_called, cycle_called, write_file
from assessments.record_builder import blank_record, build_record
from assessments.services.interchange import load_cycle


class Command(BaseCommand):
    help = "Write a whole cycle to an interchange file, restricted text included, or load one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        export = actions.add_parser("export", help="write a cycle to a file")
        export.add_argument("council", metavar="COUNCIL_SLUG")
        export.add_argument("cycle", metavar="PERIOD|NUMBER")
        export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
        loading = actions.add_parser("import", help="load a file as a new cycle of a council")
        loading.add_argument("file", type=Path, metavar="FILE")
        loading.add_argument("--council", required=True, metavar="SLUG")
        loading.add_argument("--by", metavar="EMAIL", help="who is named in the history")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"do_{action}")(**options)

    def do_export(self, council: str, cycle: str, output: Path, **_: Any) -> None:
        found = cycle_called(council_called(council), cycle)
        write_file(output, render_json(build_record(found)))
        self.stdout.write(f"{output}: {found}, restricted text included.")

    def do_import(self, file: Path, council: str, by: str | None, **_: Any) -> None:
        owner = council_called(council)
        try:
            record = read_cycle(read_file(file), blank_record)
            loaded = load_cycle(council=owner, record=record, by=author(by, owner))
        except ValidationError as error:
            raise CommandError("\n".join([f"{file} was not loaded.", *error.messages])) from error
        for person in loaded.not_members:
            self.stdout.write(
                f"{person} is not a member of {owner}: their name stays on actions they own, "
                "questions assigned to them are not assigned."
            )
        self.stdout.write(f"Loaded {loaded.cycle} as cycle {loaded.cycle.pk} of {owner}.")


def read_file(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
