"""A committee pack of the demonstration, begun as every pack is, and partly written."""

from collections.abc import Iterator
from functools import partial

from assessments.demo.dating import at
from assessments.demo.events import Event
from assessments.demo.reading import Fields
from assessments.models import Council, Pack, PackComment, PackSection, PartKind, Sensitivity, User
from assessments.services.pack_sections import (
    PartInput,
    Verification,
    add_part,
    comment,
    save_parts,
    verify,
)
from assessments.services.packs import MeetingInput, start_pack


def pack_events(council: Council, packs: list[Fields]) -> Iterator[Event]:
    for written in packs:
        yield Event(at(written["started on"]), partial(add_pack, council, written))


def add_pack(council: Council, written: Fields) -> None:
    by = council.members.get(email=written["by"])
    pack = start_pack(
        council=council,
        snapshot=council.snapshots.get(cycle__period=written["snapshot"]),
        meeting=MeetingInput(**written["meeting"]),
        by=by,
    )
    for key, parts in written["sections"].items():
        write_section(section_of(pack, key), parts, by)
    for key, said in written["verified"].items():
        verification = Verification("", said["by"], said["verified on"])
        verify_section(section_of(pack, key), verification, by)
    for key, post in written["to be verified"].items():
        verify_section(section_of(pack, key), Verification(post), by)
    for each in written["comments"]:
        author = council.members.get(email=each["by"])
        said = comment(section=section_of(pack, each["section"]), text=each["text"], by=author)
        PackComment.objects.filter(pk=said.pk).update(at=at(written["started on"], 15))


def section_of(pack: Pack, key: str) -> PackSection:
    section: PackSection = pack.sections.get(key=key)
    section.pack = pack
    return section


def write_section(section: PackSection, parts: list[Fields], by: User) -> None:
    """In place of what it began with, part by part; `confirm` keeps the words."""
    rows = list(section.parts.all())
    while len(rows) < len(parts):
        rows.append(add_part(section=section, kind=PartKind.TEXT, by=by))
    inputs = [
        PartInput(
            pk=row.pk,
            version=row.version,
            text=row.text if part.get("confirm") else part["text"],
            sensitivity=part.get("sensitivity", Sensitivity.PUBLIC),
        )
        for row, part in zip(rows, parts, strict=False)
    ]
    save_parts(section=section, parts=inputs, by=by)


def verify_section(section: PackSection, verification: Verification, by: User) -> None:
    verify(section=section, version=section.version, verification=verification, by=by)
