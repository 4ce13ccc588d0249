"""Adding a council, and changing how it presents itself."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from assessments.colours import parse_colour
from assessments.models import Council, User
from assessments.services.history import written_by

RESERVED_SLUGS = {"add"}  # /councils/add/ is a page of our own


def add_council(*, slug: str, name: str, by: User) -> Council:
    """Raises ValidationError for a short name that is taken."""
    council = written_by(Council(slug=slug, name=name), by)
    taken = ValidationError({"slug": f"The short name {slug} is already taken"})
    if slug in RESERVED_SLUGS:
        raise taken
    try:
        with transaction.atomic():
            council.save()
    except IntegrityError:
        raise taken from None
    return council


@transaction.atomic
def change_council(
    *,
    council: Council,
    name: str,
    accent_colour: str,
    by: User,
    logo: bytes | None = None,
    remove_logo: bool = False,
) -> None:
    """`logo`: a PNG from `logos.clean_logo`, in place of the one there was."""
    council.name = name
    council.accent_colour = parse_colour(accent_colour)
    replaced = council.logo.name if logo or remove_logo else ""
    if logo:
        council.logo.save("logo.png", ContentFile(logo), save=False)
    elif remove_logo:
        council.logo = ""
    written_by(council, by).save()
    if replaced:
        storage = council.logo.storage
        transaction.on_commit(lambda: storage.delete(replaced))
