"""One section of a pack, as it is written."""

from functools import cached_property

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from assessments.access import PackAccess
from assessments.conflicts import Clash, Side, both_texts
from assessments.forms.pack_sections import SectionForm
from assessments.models import Audience, PackComment, PackPart, PackSection, SectionKind
from assessments.presenters.clashes import differing, readers
from assessments.report.blocks import Inserted, Source, inserted
from assessments.services.history import last_author
from assessments.services.pack_sections import PartInput, PartsSave
from assessments.snapshots import thaw


class SectionPage:
    """Five queries beyond access, and two more where there is an inserted block."""

    def __init__(self, access: PackAccess, key: str) -> None:
        self.access, self.pack = access, access.pack
        self.section: PackSection = get_object_or_404(access.pack.sections, key=key)
        self.section.pack = access.pack

    @cached_property
    def parts(self) -> list[PackPart]:
        parts = self.section.parts.select_related("snapshot").defer("snapshot__content")
        return list(parts)

    def form(self, data: QueryDict | None = None) -> SectionForm:
        return SectionForm(self.parts, data)

    @cached_property
    def comments(self) -> list[PackComment]:
        return list(self.section.comments.all())

    @property
    def is_implication(self) -> bool:
        return self.section.kind == SectionKind.IMPLICATION

    @cached_property
    def sources(self) -> dict[int, Source]:
        """By the snapshot's primary key, as the public may read it."""
        wanted = {part.snapshot_id for part in self.parts if not part.is_text}
        found = self.access.council.snapshots.filter(pk__in=wanted) if wanted else ()
        return {each.pk: Source.of(thaw(each.content), Audience.PUBLIC) for each in found}

    @cached_property
    def inserted(self) -> dict[int, Inserted]:
        """By the part's primary key: what each block says."""
        return {
            part.pk: inserted(part.kind, self.sources[part.snapshot_id or 0])
            for part in self.parts
            if not part.is_text
        }


def clashes_of(saved: PartsSave, mine: list[PartInput]) -> list[Clash]:
    """One query for each."""
    typed = {part.pk: part for part in mine}
    return [clash_of(row, typed[row.pk]) for row in saved.clashing]


def clash_of(theirs: PackPart, mine: PartInput) -> Clash:
    by, at = last_author(theirs)
    prefix = f"part-{theirs.pk}"
    return Clash(
        prefix=prefix,
        heading=f"Part {theirs.position}",
        sides=differing(
            Side("Text", theirs.text, mine.text), readers(theirs.sensitivity, mine.sensitivity)
        ),
        fields=[
            (f"{prefix}-text", mine.text),
            (f"{prefix}-sensitivity", mine.sensitivity),
            (f"{prefix}-version", str(theirs.version)),
        ],
        by=by,
        at=at,
        text_field=f"{prefix}-text" if theirs.is_text else "",
        together=both_texts(theirs.text, mine.text),
    )
