"""One section of a pack, as it is written."""

from functools import cached_property

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from assessments.access import PackAccess
from assessments.conflicts import Clash, Side, both_texts
from assessments.forms.pack_sections import SectionForm
from assessments.models import Audience, PackComment, PackPart, PackSection, SectionKind
from assessments.presenters.clashes import differing, readers
from assessments.report.blocks import Source, inserted
from assessments.report.writing import APPENDICES
from assessments.services.history import last_author
from assessments.services.pack_sections import PartInput, PartsSave
from assessments.snapshots import thaw

MADE = {
    "implications": "The implications below stand under this heading.",
    APPENDICES: "The report lists its appendices here for you. Their titles and numbers are among "
    "the details of the meeting and report.",
}


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
        return SectionForm(self.parts, data, says=self.says)

    @cached_property
    def comments(self) -> list[PackComment]:
        return list(self.section.comments.all())

    @cached_property
    def neighbours(self) -> tuple[PackSection | None, PackSection | None]:
        """The sections before and after. One query."""
        sections = list(self.pack.sections.all())
        here = sections.index(self.section)
        around = [None, *sections, None]
        return around[here], around[here + 2]

    @property
    def before(self) -> PackSection | None:
        return self.neighbours[0]

    @property
    def after(self) -> PackSection | None:
        return self.neighbours[1]

    @property
    def explains(self) -> str:
        """What stands in a section that makes itself."""
        return MADE.get(self.section.key, "")

    @property
    def lists_appendices(self) -> bool:
        return self.section.key == APPENDICES

    @property
    def is_implication(self) -> bool:
        return self.section.kind == SectionKind.IMPLICATION

    @cached_property
    def sources(self) -> dict[int, Source]:
        """By the snapshot's primary key, as the public may read it."""
        blocks = [part for part in self.parts if not part.is_text]
        wanted = {part.snapshot_id for part in blocks if part.snapshot_id}
        found = self.access.council.snapshots.filter(pk__in=wanted) if wanted else ()
        return {each.pk: Source.of(thaw(each.content), Audience.PUBLIC) for each in found}

    def says(self, part: PackPart) -> str:
        """What an inserted block says first, of its snapshot."""
        return (
            "" if part.is_text else inserted(part.kind, self.sources[part.snapshot_id or 0]).intro
        )


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
