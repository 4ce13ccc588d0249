"""What met a stale save among a council's settings."""

from collections.abc import Mapping
from dataclasses import asdict

from assessments.conflicts import Clash, Side
from assessments.models import Council, TemplateSection
from assessments.presenters.clashes import differing
from assessments.services.councils import SettingsInput
from assessments.services.history import last_author
from assessments.services.report_sections import SectionInput


def settings_clash(theirs: Council, mine: SettingsInput, labels: Mapping[str, str]) -> Clash:
    """One query."""
    values = {name: str(value) for name, value in asdict(mine).items()}
    by, at = last_author(theirs)
    return Clash(
        prefix="",
        heading="The settings",
        sides=differing(
            *(
                Side(labels[name], str(getattr(theirs, name)), value)
                for name, value in values.items()
            )
        ),
        fields=[*values.items(), ("version", str(theirs.version))],
        by=by,
        at=at,
    )


def section_clash(theirs: TemplateSection, mine: SectionInput) -> Clash:
    """One query."""
    by, at = last_author(theirs)
    fields = {"heading": mine.heading, "position": mine.position, "version": theirs.version}
    fields |= {"in_use": "on"} if mine.in_use else {}
    return Clash(
        prefix=theirs.key,
        heading=f"The section {theirs.heading}",
        sides=differing(
            Side("Heading", theirs.heading, mine.heading),
            Side("Place", str(theirs.position), str(mine.position)),
            Side("In use", yes_or_no(theirs.in_use), yes_or_no(mine.in_use)),
        ),
        fields=[(f"{theirs.key}-{name}", str(value)) for name, value in fields.items()],
        by=by,
        at=at,
    )


def yes_or_no(value: bool) -> str:
    return "Yes" if value else "No"
