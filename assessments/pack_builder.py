"""Reads a pack from the database into its record."""

import base64
import hashlib
from collections.abc import Iterable

from django.db.models import Prefetch

from assessments.models import Council, Pack, PackPart, PackSection
from assessments.packs import Meeting, PackRecord, Part, Publisher, Section
from assessments.services.export_files import logo_of
from assessments.snapshots import Frozen, thaw
from assessments.texts import Text


def build_pack(pack: Pack, *, is_draft: bool) -> PackRecord:
    """The pack as it stands. Two queries beyond `pack.council` and `pack.snapshot.cycle`."""
    parts = PackPart.objects.select_related("snapshot").defer("snapshot__content")
    sections = pack.sections.filter(left_out=False).prefetch_related(Prefetch("parts", parts))
    return PackRecord(
        publisher=publisher_of(pack.council),
        title=pack.title,
        meeting=meeting_of(pack),
        sections=tuple(section_of(each) for each in sections),
        snapshot=pack.snapshot.number,
        snapshot_sha256=pack.snapshot.sha256,
        period=pack.snapshot.cycle.period,
        sensitivity=pack.sensitivity,
        public_interest=pack.public_interest,
        marking=pack.marking,
        own_appendices=tuple(lines(pack.own_appendices)),
        first_appendix=pack.first_appendix,
        is_draft=is_draft,
    )


def publisher_of(council: Council) -> Publisher:
    logo, template = logo_of(council), template_of(council)
    return Publisher(
        name=council.name,
        address=council.address,
        contact=council.formats_contact,
        accent_colour=council.accent_colour,
        logo=base64.b64encode(logo.data).decode() if logo else "",
        word_template=hashlib.sha256(template).hexdigest() if template else "",
    )


def template_of(council: Council) -> bytes | None:
    """The council's own Word template; None also where the file is lost."""
    try:
        with council.word_template.open() as file:
            data: bytes = file.read()
            return data
    except (ValueError, FileNotFoundError):
        return None


def meeting_of(pack: Pack) -> Meeting:
    return Meeting(
        committee=pack.committee,
        on=pack.meeting_on,
        item=pack.item,
        wards=pack.wards,
        key_decision=pack.key_decision,
        report_of=pack.report_of,
        assistant_directors=tuple(lines(pack.assistant_directors)),
        director=pack.director,
        author=tuple(lines(pack.author)),
    )


def lines(text: str) -> Iterable[str]:
    return filter(None, map(str.strip, text.splitlines()))


def section_of(section: PackSection) -> Section:
    return Section(
        key=section.key,
        heading=section.heading,
        kind=section.kind,
        parts=tuple(part_of(each) for each in section.parts.all()),
        verified_by=section.verified_by,
        verified_on=section.verified_on,
    )


def part_of(part: PackPart) -> Part:
    number = part.snapshot.number if part.snapshot and not part.is_text else 0
    return Part(part.kind, Text(part.text, part.sensitivity), number)


def snapshots_of(pack: PackRecord, council: Council) -> dict[int, Frozen]:
    """By number, every one that the pack names. One query."""
    named = council.snapshots.filter(number__in=pack.snapshots)
    return {each.number: thaw(each.content) for each in named}
