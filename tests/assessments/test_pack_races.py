"""Two people at one pack at the same instant, on PostgreSQL."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from assessments.models import Pack, PackPart, PackRelease, PackSection, PartKind, Role, User
from assessments.services import made_files
from assessments.services.pack_files import request_files
from assessments.services.pack_sections import PartInput, PartsSave, add_part, save_parts
from assessments.services.release import release
from tests.cast import member
from tests.packs import finish, section, write
from tests.races import RACE, at_once

ROUNDS = 200

pytestmark = RACE


def saver(section: PackSection, part: PackPart, by: User, number: int) -> Callable[[], PartsSave]:
    """Saves the part's text of this round, at the version that the last round left."""
    mine = PartInput(part.pk, number + 1, f"{by.name} {number}", "public")
    return lambda: save_parts(section=section, parts=[mine], by=by)


def test_different_parts_of_one_section_saved_at_once_are_both_kept(
    pack: Pack, lead: User, publisher: User
) -> None:
    reasons = section(pack, "reasons")
    parts = [add_part(section=reasons, kind=PartKind.TEXT, by=lead) for _ in range(2)]
    for number in range(ROUNDS):
        tasks = [
            saver(reasons, part, by, number)
            for part, by in zip(parts, (lead, publisher), strict=True)
        ]
        assert not any(saved.clashing for saved in at_once(*tasks))
    for part, by in zip(parts, (lead, publisher), strict=True):
        written = set(part.history.values_list("text", flat=True))
        assert written >= {f"{by.name} {number}" for number in range(ROUNDS)}


def test_two_publishers_releasing_at_once_make_one_release(
    pack: Pack, lead: User, publisher: User, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    finish(pack, lead)
    other = member(pack.council, Role.PUBLISHER, "Pat Publisher")
    for number in range(1, 26):
        write(section(pack, "consultation"), f"Round {number}.", lead)
        version = request_files(pack=pack, is_draft=False, by=lead, enqueue=lambda pk: pk)
        for file in version.files.all():
            made_files.store(file, b"Made.", f"packs/{file.pk}")
        results = at_once(
            lambda version=version: release(pack=pack, version=version, by=publisher),
            lambda version=version: release(pack=pack, version=version, by=other),
            refusals=(ValidationError,),
        )
        assert sorted(type(each).__name__ for each in results) == [
            "PackRelease",
            "ValidationError",
        ]
        assert PackRelease.objects.count() == number
