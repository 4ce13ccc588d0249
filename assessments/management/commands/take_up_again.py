import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.services.jobs import take_up_again
from assessments.services.made_files import PATIENCE

MINUTES = int(PATIENCE.total_seconds() // 60)


class Command(BaseCommand):
    help = "Give the queue back the files that a worker had begun when it was killed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now",
            action="store_true",
            help=(
                f"also those begun in the last {MINUTES} minutes: before the only worker starts, "
                "when nobody can be at them"
            ),
        )

    def handle(self, *args: Any, now: bool, **options: Any) -> None:
        number = take_up_again(patience=datetime.timedelta() if now else PATIENCE)
        self.stdout.write(f"{number} job{'' if number == 1 else 's'} taken up again.")
