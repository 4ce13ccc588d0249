"""A page of a council's settings that met a stale save."""

from collections.abc import Mapping
from dataclasses import asdict

from assessments.conflicts import Clash, Side
from assessments.models import Council
from assessments.presenters.clashes import differing
from assessments.services.councils import SettingsInput
from assessments.services.history import last_author


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
