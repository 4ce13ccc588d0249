"""What commands are told on the command line, turned into rows and files or a clear refusal."""

from pathlib import Path

from django.core.management.base import CommandError

from assessments.models import Council, Cycle, Role, User


def council_called(slug: str) -> Council:
    council = Council.objects.filter(slug=slug).first()
    if council is None:
        known = ", ".join(Council.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no council “{slug}”. Councils here: {known}.")
    return council


def cycle_called(council: Council, name: str) -> Cycle:
    """By its period, or its number where the period is not alone."""
    cycles = council.cycles.select_related("council", "toolkit")
    found = list(cycles.filter(period=name)) or list(cycles.filter(pk=number(name)))
    if len(found) == 1:
        return found[0]
    listed = "\n".join(f"  {each.pk}: {each}" for each in found or cycles) or "  none yet"
    says = "has several cycles" if found else "has no cycle"
    raise CommandError(f"{council} {says} “{name}”. Name one by its number:\n{listed}")


def number(name: str) -> int:
    """0, which no row has, for what is no number."""
    return int(name) if name.isascii() and name.isdigit() and len(name) < 19 else 0


def author(email: str | None, council: Council) -> User:
    """Who is named in the history: the person asked for, or the council's only lead."""
    if email:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody has the e-mail address {email}.")
        return user
    leads = list(User.objects.filter(memberships__council=council, memberships__role=Role.LEAD))
    if len(leads) != 1:
        raise CommandError(
            f"{council} has {len(leads)} toolkit leads. Say who is named in the history: --by EMAIL"
        )
    return leads[0]


def write_file(path: Path, data: bytes) -> None:
    """Whole or not at all: an interrupted command leaves the old file."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CommandError(f"{path}: {error.strerror}") from error
