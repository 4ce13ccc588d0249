from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.services.outbox import resume_lost_mails
from assessments.services.reminders import send_reminders


class Command(BaseCommand):
    help = (
        "Write this week's reminder to everybody for whom something waits. The worker sends it. "
        "Running it again in the same week writes only to those who had nothing to do before."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_reminders(timezone.localdate())
        self.stdout.write(f"{sent} reminder{'' if sent == 1 else 's'} written.")
        if lost := resume_lost_mails():
            self.stdout.write(f"{lost} e-mails of before are tried again.")
