"""Who changed what in a committee pack, read from its histories as `changes` reads a cycle's."""

from typing import Any

from django.db.models import QuerySet

from assessments.changes import ADDED, Histories, Source, same
from assessments.models import Pack, PackPart, PackSection

SECTION = {"section": "key", "heading": "heading"}
MEETING = same(
    "title",
    "committee",
    "meeting_on",
    "item",
    "wards",
    "key_decision",
    "report_of",
    "assistant_directors",
    "director",
    "author",
    "sensitivity",
    "public_interest",
    "marking",
    "own_appendices",
    "first_appendix",
)


class PackChanges(Histories):
    """Of the meeting's details, the sections and their parts."""

    sources = (
        Source("meeting", Pack, MEETING | {"snapshot": "snapshot__number"}),
        Source(
            "section",
            PackSection,
            same("left_out", "verifier", "verified_by", "verified_on") | SECTION,
        ),
        Source(
            "part",
            PackPart,
            same("kind", "text", "sensitivity", "position", "to_confirm")
            | {"snapshot": "snapshot__number"}
            | {name: f"section__{field}" for name, field in SECTION.items()},
        ),
    )

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def scoped(self, source: Source) -> QuerySet[Any]:
        if source.kind == "meeting":
            return source.rows().filter(id=self.pack.pk)
        if source.kind == "section":  # they all begin with the pack
            return source.rows().filter(pack=self.pack.pk).exclude(history_type=ADDED)
        return source.rows().filter(section__pack=self.pack.pk)
