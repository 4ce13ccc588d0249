"""The release check, the files of a pack's versions, and the release itself, as pages show them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format

from assessments.access import PackAccess
from assessments.models import AcceptedWarning, Audience, PackFile, PackRelease, PackVersion
from assessments.packs import PackRecord, thaw
from assessments.presenters.made_files import Standing
from assessments.presenters.publishing import Publishing
from assessments.release_check import Blocker, ReleaseCheck, Warning
from assessments.services.pack_files import is_of_the_pack_as_it_stands, label, name_of
from assessments.services.packs import newer_snapshot
from assessments.services.release import check


@dataclass(frozen=True)
class ShownBlocker:
    words: str
    href: str


@dataclass(frozen=True)
class ShownWarning:
    """`accepted`: by whom and why, where somebody has."""

    warning: Warning
    accepted: AcceptedWarning | None


class CheckPage:
    def __init__(self, access: PackAccess, *, today: datetime.date) -> None:
        self.access, self.pack, self.today = access, access.pack, today

    @cached_property
    def check(self) -> ReleaseCheck:
        return check(self.pack)

    @property
    def remarks(self) -> Iterator[str]:
        """What may be right all the same, and should be known before a release. Two queries."""
        deadline = Publishing(self.access.council, today=self.today).deadline(self.pack.meeting_on)
        if deadline.is_past:
            last = date_format(deadline.publish_on, "l j F Y")
            yield f"The last day to publish it for this meeting was {last}"
        if newer := newer_snapshot(self.pack):
            yield (
                f"Snapshot {newer.number} ({newer.cycle.period}) has been signed off since, and "
                f"this pack is on snapshot {self.pack.snapshot.number}"
            )
        for named in self.check.found.unknown_appendices:
            yield f"{named}: the report lists no appendix of this number"

    @property
    def appendix(self) -> str:
        """What the public self-assessment is called in the report."""
        return f"Appendix {self.pack.first_appendix}"

    @property
    def blockers(self) -> list[ShownBlocker]:
        return [ShownBlocker(each.words, self.href(each)) for each in self.check.blockers]

    def href(self, blocker: Blocker) -> str:
        if blocker.section == "warnings":
            return "#warnings"
        place = [self.access.council.slug, self.pack.pk]
        if not blocker.section:
            return reverse("councils:meeting", args=place)
        return reverse("councils:pack_section", args=[*place, blocker.section])

    @cached_property
    def warnings(self) -> list[ShownWarning]:
        """Those to decide first."""
        accepted = {each.fingerprint: each for each in self.pack.accepted_warnings.all()}
        shown = [ShownWarning(w, accepted.get(w.fingerprint)) for w in self.check.found.warnings]
        return sorted(shown, key=lambda each: each.accepted is not None)


@dataclass(frozen=True)
class ShownFile(Standing):
    file: PackFile
    name: str

    @property
    def is_public(self) -> bool:
        return self.file.audience == Audience.PUBLIC


class VersionPage:
    """One version of a pack with its files. Two queries beyond access and the version."""

    def __init__(self, access: PackAccess, version: PackVersion, *, now: datetime.datetime) -> None:
        self.access, self.version, self.now = access, version, now
        self.pack = self.version.pack = access.pack

    @cached_property
    def record(self) -> PackRecord:
        return thaw(self.version.content)

    @property
    def label(self) -> str:
        return label(self.version)

    @cached_property
    def files(self) -> list[ShownFile]:
        """The public ones first."""
        files = [self.shown(each) for each in self.version.files.all()]
        return sorted(files, key=lambda each: not each.is_public)

    def shown(self, file: PackFile) -> ShownFile:
        return ShownFile(file, self.now, name_of(file, self.version))

    @property
    def is_under_way(self) -> bool:
        return any(each.is_under_way for each in self.files)

    @property
    def are_ready(self) -> bool:
        return all(each.is_ready for each in self.files)

    @property
    def state(self) -> str:
        """Changes when the page has something new to say."""
        return "_".join(each.state for each in self.files)

    @property
    def release(self) -> PackRelease | None:
        return getattr(self.version, "release", None)

    @cached_property
    def is_out_of_date(self) -> bool:
        """The pack has changed since. Two queries."""
        return not is_of_the_pack_as_it_stands(self.version, self.pack)

    @property
    def may_be_released(self) -> bool:
        waits = self.are_ready and not self.version.is_draft and self.release is None
        return waits and not self.is_out_of_date
