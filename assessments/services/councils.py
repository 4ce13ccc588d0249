"""Adding a council, and changing how it presents itself and publishes."""

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from assessments.colours import parse_colour
from assessments.models import Council, User
from assessments.services.conflicts import StaleSave
from assessments.services.history import written_by
from assessments.services.locks import lock_council

RESERVED_SLUGS = {"add"}  # /councils/add/ is a page of our own


@dataclass(frozen=True)
class SettingsInput:
    """What the form of one page says of a council."""

    def says(self, council: Council) -> bool:
        return all(getattr(council, name) == value for name, value in asdict(self).items())

    def unchanged(self, before: Council, now: Council) -> bool:
        """Whether nobody has touched what this page holds; other pages may have changed."""
        return all(getattr(before, name) == getattr(now, name) for name in asdict(self))


@dataclass(frozen=True)
class IdentityInput(SettingsInput):
    name: str
    address: str
    formats_contact: str
    accent_colour: str


@dataclass(frozen=True)
class PublishingInput(SettingsInput):
    protective_marking: str
    clear_days: int
    clearance_days: int


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
def change_settings(*, council: Council, version: int, change: SettingsInput, by: User) -> None:
    """Raises StaleSave where somebody else has changed the same page since `version`."""
    row = lock_council(council.pk)
    if change.says(row):
        return
    if row.version != version:
        opened = at_version(row, version)
        if opened is None or not change.unchanged(opened, row):
            raise StaleSave(row)
    for name, value in asdict(change).items():
        setattr(row, name, value)
    row.accent_colour = parse_colour(row.accent_colour)
    row.version += 1
    written_by(row, by).save()


def at_version(council: Council, version: int) -> Council | None:
    """The council as a form of that version showed it."""
    entry = Council.history.filter(id=council.pk, version=version).first()
    return entry.instance if entry else None


@transaction.atomic
def change_logo(*, council: Council, logo: bytes | None, by: User) -> None:
    """`logo`: a PNG from `logos.clean_logo`, in place of the one there was; None for none."""
    change_file(council, "logo", "logo.png", logo, by)


@transaction.atomic
def change_word_template(*, council: Council, template: bytes | None, by: User) -> None:
    """`template`: what `word_template.check_template` let through, in place of the one there
    was; None for none."""
    change_file(council, "word_template", "template.docx", template, by)


def change_file(council: Council, field: str, name: str, content: bytes | None, by: User) -> None:
    """The file that was there goes once the change is certain."""
    row = lock_council(council.pk)
    file = getattr(row, field)
    storage, replaced = file.storage, file.name
    if content is None and not replaced:
        return
    if content is None:
        setattr(row, field, "")
    else:
        file.save(name, ContentFile(content), save=False)
    written_by(row, by).save()
    if replaced:
        transaction.on_commit(lambda: storage.delete(replaced))
