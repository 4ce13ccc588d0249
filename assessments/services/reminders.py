"""The weekly reminder of what waits for a person in a council, and who doesn't want it."""

import datetime

from django.db import IntegrityError, transaction

from assessments.links import absolute, reminders_address
from assessments.models import Council, Mail, Reminder, ReminderOptOut, User
from assessments.services.outbox import post
from assessments.waiting import Digest, digests_of


def send_reminders(today: datetime.date) -> int:
    """To everybody for whom something waits, once in a week of Monday to Sunday; answers how
    many were written. May run as often as one likes, also twice at once."""
    week = week_of(today)
    sent = 0
    for council in Council.objects.order_by("pk").iterator(chunk_size=50):
        left_out = those_left_out(council, week)
        for digest in digests_of(council, today):
            if digest.lines and digest.user.pk not in left_out:
                sent += remind(digest, week)
    return sent


def week_of(day: datetime.date) -> str:
    """“2026-W47”, by ISO 8601."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def those_left_out(council: Council, week: str) -> set[int]:
    unwilling = ReminderOptOut.objects.filter(council=council).values_list("user", flat=True)
    had_it = Reminder.objects.filter(council=council, week=week).values_list("user", flat=True)
    return {*unwilling, *had_it}


def remind(digest: Digest, week: str) -> bool:
    """False where another run was first: the constraint lets one of two through."""
    try:
        with transaction.atomic():
            Reminder.objects.create(user=digest.user, council=digest.council, week=week)
            write(digest)
    except IntegrityError:
        return False
    return True


def write(digest: Digest) -> Mail:
    total = sum(line.count for line in digest.lines)
    things = "thing waits" if total == 1 else "things wait"
    return post(
        kind=Mail.Kind.DIGEST,
        council=digest.council,
        to=digest.user,
        subject=f"{total} {things} for you: Prevent self-assessment, {digest.council.name}",
        template="reminder",
        context={
            "lines": digest.lines,
            "home": absolute("councils:council", digest.council.slug),
        },
        unsubscribe=reminders_address(digest.user, digest.council),
    )


def opt_out(*, user: User, council: Council) -> None:
    ReminderOptOut.objects.get_or_create(user=user, council=council)


def opt_in(*, user: User, council: Council) -> None:
    ReminderOptOut.objects.filter(user=user, council=council).delete()
