"""The address of a person's calendar feed: made, replaced, revoked."""

from django.db import transaction
from django.utils import timezone

from assessments.models import CalendarFeed, Council, User
from assessments.services.locks import lock_council


@transaction.atomic
def make_feed(*, council: Council, by: User) -> CalendarFeed:
    """In place of the one there was, whose address ends."""
    lock_council(council.pk)
    revoke(council, by)
    return CalendarFeed.objects.create(user=by, council=council)


@transaction.atomic
def revoke_feed(*, council: Council, by: User) -> None:
    lock_council(council.pk)
    revoke(council, by)


def revoke(council: Council, by: User) -> None:
    feeds = CalendarFeed.objects.filter(user=by, council=council, revoked_at=None)
    feeds.update(revoked_at=timezone.now())
