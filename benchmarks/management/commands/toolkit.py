from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from benchmarks.editions.checking import Document, read_edition
from benchmarks.editions.storing import as_document, load
from benchmarks.editions.writing import as_json, as_yaml
from benchmarks.management.files import FilesCommand, read_all, takes_files
from benchmarks.models import Toolkit

FORMATS: dict[str, Callable[[Document], str]] = {"yaml": as_yaml, "json": as_json}


class Command(FilesCommand):
    help = "List, check, load and export toolkit editions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="the toolkits that are loaded")
        check = actions.add_parser("check", help="say what is wrong with files, loading nothing")
        takes_files(check)
        loading = actions.add_parser("load", help="load and publish files: all of them or none")
        takes_files(loading)
        export = actions.add_parser("export", help="write a loaded toolkit out as a file")
        export.add_argument("slug")
        export.add_argument("--format", choices=FORMATS, default="yaml")
        export.add_argument("-o", "--output", type=Path, metavar="FILE")

    def do_list(self, **_: Any) -> None:
        toolkits = Toolkit.objects.all()
        for toolkit in toolkits:
            state = "published" if toolkit.is_published else "draft"
            self.stdout.write(
                f"{toolkit.slug}: {toolkit.title} (issued {toolkit.issued_on}, {state})"
            )
        if not toolkits:
            self.stdout.write("No toolkit is loaded. Run: manage.py toolkit load FILE")

    def do_check(self, files: list[Path], **_: Any) -> None:
        for file, document in zip(files, read_all(files, read_edition), strict=True):
            self.stdout.write(f"{file}: no problems. {counts(document)}")

    def do_load(self, files: list[Path], **_: Any) -> None:
        documents = read_all(files, read_edition)
        for document, (toolkit, is_new) in zip(documents, load(documents), strict=True):
            done = f"loaded. {counts(document)}" if is_new else "unchanged."
            self.stdout.write(f"{toolkit.slug}: {done}")

    def do_export(self, slug: str, format: str, output: Path | None, **_: Any) -> None:
        toolkit = Toolkit.objects.with_contents().filter(slug=slug).first()
        if toolkit is None:
            raise CommandError(f"There is no toolkit “{slug}”. Run: manage.py toolkit list")
        written = FORMATS[format](as_document(toolkit))
        if output is None:
            self.stdout.write(written, ending="")
            return
        try:
            output.write_text(written, "utf-8")
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error


def counts(document: Document) -> str:
    found: Counter[str] = Counter(benchmarks=len(document["benchmarks"]))
    for benchmark in document["benchmarks"]:
        found["questions"] += len(benchmark["questions"])
        found["prompts"] += sum(len(asked.get("prompts", [])) for asked in benchmark["questions"])
    return ", ".join(f"{found[name]} {name}" for name in ("benchmarks", "questions", "prompts"))
