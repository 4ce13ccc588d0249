"""Whole addresses, for what is read away from the site: e-mail and calendars."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from assessments.models import Council, User

SALT = "prevent-toolkit.reminders"


def absolute(name: str, *args: object) -> str:
    return on_this_site(reverse(name, args=args))


def on_this_site(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def reminders_address(user: User, council: Council) -> str:
    """Where the person ends their reminders of the council without signing in: the address
    does that and nothing else, and doesn't run out."""
    token = signing.dumps([user.pk, council.pk], salt=SALT)
    return absolute("reminders", token)


def read_reminders_token(token: str) -> tuple[int, int] | None:
    """Whose reminders of which council; None for a token that we didn't make."""
    try:
        user, council = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return user, council
