import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.exports.files import file_name, render
from assessments.management.arguments import write_file
from assessments.models import Audience, Cycle, ExportFormat
from assessments.record_builder import build_history, build_record
from assessments.services.export_files import logo_of


class Command(BaseCommand):
    help = "Write a cycle as a PDF, a workbook or an interchange file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cycle_id", type=int, metavar="CYCLE")
        parser.add_argument("--format", choices=ExportFormat.values, default="pdf")
        parser.add_argument(
            "--audience",
            choices=Audience.values,
            default="public",
            help="public leaves out every restricted text (default); board has it all",
        )
        parser.add_argument(
            "--made-on",
            type=datetime.date.fromisoformat,
            metavar="DATE",
            help="the date printed on it (default: today)",
        )
        parser.add_argument("-o", "--output", type=Path, metavar="FILE")

    def handle(
        self,
        *,
        cycle_id: int,
        format: str,
        audience: str,
        made_on: datetime.date | None,
        output: Path | None,
        **_: Any,
    ) -> None:
        cycle = Cycle.objects.select_related("council").filter(pk=cycle_id).first()
        if cycle is None:
            raise CommandError(f"There is no cycle {cycle_id}.")
        kind, reader = ExportFormat(format), Audience(audience)
        data = render(
            build_record(cycle).for_audience(reader),
            kind,
            history=build_history(cycle),
            made_on=made_on or timezone.localdate(),
            logo=logo_of(cycle.council),
        )
        path = output or Path(file_name(cycle.council.name, cycle.period, reader, kind))
        write_file(path, data)
        self.stdout.write(f"{path}: {len(data):,} bytes.")
