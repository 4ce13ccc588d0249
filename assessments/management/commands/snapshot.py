"""`manage.py snapshot verify`: is every snapshot what was signed?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.models import Snapshot
from assessments.services.snapshots import problems


class Command(BaseCommand):
    help = "Check that snapshots are what was signed."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="compare every snapshot with its hash")
        verify.add_argument("--council", metavar="SLUG", help="only this council's")

    def handle(self, *args: Any, **options: Any) -> None:
        snapshots = Snapshot.objects.all()
        if options["council"]:
            snapshots = snapshots.filter(council__slug=options["council"])
        wrong = list(problems(snapshots.select_related("council")))
        for snapshot, says in wrong:
            self.stderr.write(f"{snapshot.council.slug}, snapshot {snapshot.number}: {says}.")
        count = snapshots.count()
        if wrong:
            raise CommandError(f"{len(wrong)} of {count} snapshots are not what was signed.")
        self.stdout.write(f"{count} snapshot{'' if count == 1 else 's'} verified.")
