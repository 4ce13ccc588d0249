"""A demonstration council as `people.yaml` describes it: what it looks like, how it publishes."""

from pathlib import Path

from assessments.demo.reading import Fields
from assessments.logos import clean_logo
from assessments.models import Council, User
from assessments.services.closures import add_closures
from assessments.services.councils import (
    IdentityInput,
    PublishingInput,
    add_council,
    change_logo,
    change_settings,
)


def write_council(folder: Path, slug: str, written: Fields, by: User) -> Council:
    council = add_council(slug=slug, name=written["name"], by=by)
    if "logo" in written:
        with (folder / written["logo"]).open("rb") as file:
            change_logo(council=council, logo=clean_logo(file), by=by)
    for change in (identity(written), publishing(written)):
        council.refresh_from_db()
        change_settings(council=council, version=council.version, change=change, by=by)
    for closure in written.get("closures", []):
        first, last = closure["from"], closure["to"]
        add_closures(council=council, first=first, last=last, words=closure["words"], by=by)
    council.refresh_from_db()
    return council


def identity(written: Fields) -> IdentityInput:
    return IdentityInput(
        name=written["name"],
        address=written["address"].strip(),
        formats_contact=written["contact for other formats"],
        accent_colour=written["accent colour"],
    )


def publishing(written: Fields) -> PublishingInput:
    return PublishingInput(
        protective_marking=written.get("protective marking", ""),
        clear_days=written["clear working days"],
        clearance_days=written["working days for clearance"],
    )
