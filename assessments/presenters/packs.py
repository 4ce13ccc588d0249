"""A committee pack as its builder shows it: the sections, where each stands, and the deadline."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from django.db import models

from assessments.access import Access, PackAccess
from assessments.models import (
    Pack,
    PackPart,
    PackRelease,
    PackSection,
    PackVersion,
    SectionKind,
    Snapshot,
)
from assessments.presenters.publishing import Deadline, Publishing
from assessments.report.sections import WITHOUT_WORDS
from assessments.services.packs import newer_snapshot

DONE = {"Automatic", "Left out", "Verified", "Written"}


@dataclass(frozen=True)
class SectionRow:
    """`comments`: how many are not settled."""

    section: PackSection
    number: str
    comments: int

    @property
    def parts(self) -> list[PackPart]:
        return list(self.section.parts.all())

    @property
    def is_by_itself(self) -> bool:
        return self.section.key in WITHOUT_WORDS and not self.parts

    @property
    def state(self) -> str:
        """In words; “To be verified” only once it is written."""
        section = self.section
        if section.left_out:
            return "Left out"
        if self.is_by_itself:
            return "Automatic"
        if not any(part.text or not part.is_text for part in self.parts):
            return "Empty"
        if any(part.to_confirm for part in self.parts):
            return "To confirm"
        if section.kind != SectionKind.IMPLICATION:
            return "Written"
        return "Verified" if section.is_verified else "To be verified"

    @property
    def hint(self) -> str:
        """Under the heading: who verifies it or has, and what is said about it."""
        section = self.section
        verifier = section.verified_by or section.verifier
        said = f"{self.comments} open comment{'' if self.comments == 1 else 's'}"
        return " · ".join(filter(None, [verifier, said if self.comments else ""]))

    @property
    def is_done(self) -> bool:
        return self.state in DONE


class PackPage:
    """Six queries beyond access."""

    def __init__(self, access: PackAccess, *, today: datetime.date) -> None:
        self.access, self.pack, self.today = access, access.pack, today

    @cached_property
    def deadline(self) -> Deadline:
        return Publishing(self.access.council, today=self.today).deadline(self.pack.meeting_on)

    @cached_property
    def rows(self) -> list[SectionRow]:
        sections = self.pack.sections.prefetch_related("parts")
        comments = self.open_comments
        return [SectionRow(each, n, comments[each.pk]) for each, n in numbered(sections)]

    @cached_property
    def open_comments(self) -> Counter[int]:
        """How many on each section that are not settled."""
        unsettled = self.pack.comments.filter(settled_at=None)
        return Counter(unsettled.values_list("section_id", flat=True))

    @property
    def to_do(self) -> int:
        return sum(not row.is_done for row in self.rows)

    @cached_property
    def versions(self) -> list[PackVersion]:
        return versions_of(self.pack)

    @property
    def released(self) -> PackVersion | None:
        """The latest that was."""
        return next((each for each in self.versions if hasattr(each, "release")), None)

    @cached_property
    def newer_snapshot(self) -> Snapshot | None:
        return newer_snapshot(self.pack)


def numbered(sections: Iterable[PackSection]) -> Iterator[tuple[PackSection, str]]:
    """Each with its number in the report; without one where it is left out."""
    whole, below = count(1), count(1)
    number = 0
    for section in sections:
        if section.left_out or section.kind == SectionKind.PLAIN:
            yield section, ""
        elif section.kind == SectionKind.NUMBERED:
            number, below = next(whole), count(1)
            yield section, str(number)
        else:
            yield section, f"{number}.{next(below)}"


def versions_of(pack: Pack) -> list[PackVersion]:
    """Newest first, without their content. One query."""
    versions = pack.versions.select_related("release", "made_by")
    return list(versions.defer("content"))


@dataclass(frozen=True)
class PackRow:
    pack: Pack
    deadline: Deadline
    released: bool


class PackRows:
    """The council's packs, the next meeting first. Three queries beyond access."""

    def __init__(self, access: Access, *, today: datetime.date) -> None:
        self.access, self.today = access, today

    @cached_property
    def rows(self) -> list[PackRow]:
        released = models.Exists(PackRelease.objects.filter(version__pack=models.OuterRef("pk")))
        packs = self.access.council.packs.select_related("snapshot__cycle")
        packs = packs.defer("snapshot__content").annotate(is_released=released)
        days = Publishing(self.access.council, today=self.today)
        return [PackRow(each, days.deadline(each.meeting_on), each.is_released) for each in packs]

    @cached_property
    def can_start(self) -> bool:
        """Whether anything has been signed off that a report can be about."""
        return self.access.council.snapshots.exists()
