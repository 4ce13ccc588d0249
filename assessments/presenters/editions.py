"""What the pages of a drafted edition show."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.http import QueryDict

from assessments.conflicts import Clash, Side
from assessments.desk import Desk
from assessments.drafted import Content, Drafted, title_of
from assessments.forms.edition_fields import PartForm, labels_of
from assessments.forms.edition_parts import FORMS
from assessments.models import DraftPart, DraftPartKind, EditionDraft
from assessments.presenters.clashes import differing, fields_of
from assessments.services.editions import ownership_problems
from assessments.services.history import last_author
from benchmarks.editions.differences import differences
from benchmarks.editions.storing import as_document
from benchmarks.models import Toolkit

NAME = re.compile("“([a-z_]+)”")
LABELS = {kind: labels_of(form) for kind, form in FORMS.items()}
UNTITLED = "Toolkit without a title"
MOST_ROWS = 200


@dataclass(frozen=True)
class PartRow:
    """One part on the page of its draft, with what stands under it."""

    part: DraftPart
    title: str
    text: str
    prompts: int
    problems: Sequence[str]
    href: str
    move_href: str
    remove_href: str
    preview_href: str
    is_first: bool
    is_last: bool
    children: Sequence["PartRow"] = ()

    @property
    def number(self) -> str:
        return str(self.part.content.get("number", ""))

    @property
    def anchor(self) -> str:
        return f"part-{self.part.pk}"


class EditionPage:
    """The whole draft with everything that is wrong with it. Three queries."""

    def __init__(self, desk: Desk, draft: EditionDraft) -> None:
        self.desk, self.draft = desk, draft
        self.drafted = Drafted(draft.parts.all())

    @property
    def title(self) -> str:
        return str(self.drafted.about.content.get("title") or UNTITLED)

    @cached_property
    def found(self) -> list[tuple[DraftPart | None, str]]:
        if not self.draft.is_open:
            return []
        about = list(ownership_problems(self.draft, self.drafted))
        listed = [(part, says_of(part, p.where, p.says)) for part, p in self.drafted.problems()]
        order = {part.pk: place for place, part in enumerate(self.in_order)}
        named = [(part, f"{title_of(part)}: {says}") for part, says in about]
        return sorted([*named, *listed], key=lambda each: order[each[0].pk] if each[0] else 0)

    @property
    def in_order(self) -> list[DraftPart]:
        drafted = self.drafted
        return [
            drafted.about,
            *drafted.scales,
            *(row for each in drafted.benchmarks for row in (each, *drafted.under[each.pk])),
        ]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the error summary: each leads to the part on this page."""
        return [(f"part-{part.pk}" if part else "parts", says) for part, says in self.found]

    @cached_property
    def problems(self) -> dict[int, list[str]]:
        by_part: dict[int, list[str]] = defaultdict(list)
        for part, says in self.found:
            by_part[part.pk if part else 0].append(says)
        return by_part

    @cached_property
    def about(self) -> PartRow:
        return self.row(self.drafted.about)

    @cached_property
    def scales(self) -> list[PartRow]:
        return [self.row(each) for each in self.drafted.scales]

    @cached_property
    def benchmarks(self) -> list[PartRow]:
        return [self.row(each) for each in self.drafted.benchmarks]

    def row(self, part: DraftPart) -> PartRow:
        siblings = self.drafted.siblings(part)
        content = part.content
        return PartRow(
            part=part,
            title=title_of(part),
            text=text_of(part),
            prompts=len(content.get("prompts", [])),
            problems=self.problems.get(part.pk, []),
            href=self.url("part", part.pk),
            move_href=self.url("move_part", part.pk),
            remove_href=self.url("remove_part", part.pk),
            preview_href=self.url("preview", part.pk),
            is_first=part == siblings[0],
            is_last=part == siblings[-1],
            children=[self.row(each) for each in self.drafted.under[part.pk]],
        )

    @property
    def first_question(self) -> PartRow | None:
        rows = [child for each in self.benchmarks for child in each.children]
        return rows[0] if rows else None

    def url(self, name: str, *args: object) -> str:
        return self.desk.url(name, self.draft.pk, *args)

    @property
    def urls(self) -> dict[str, str]:
        names = ["edition", "add_part", "differences", "history", "publish", "discard"]
        names += ["yaml", "workbook", "file", "confirm_file"]
        return {name: self.url(name) for name in names} | {"list": self.desk.url("list")}


def says_of(part: DraftPart | None, where: str, says: str) -> str:
    """“Benchmark 2: “Short title” is missing”, with the names that the form has."""
    place = where or (title_of(part) if part else "")
    place = place[:1].upper() + place[1:]
    labels = LABELS.get(part.kind, {}) if part else {}
    says = NAME.sub(lambda match: f"“{labels.get(match[1], match[1])}”", says)
    return f"{place}: {says}" if place else says


def text_of(part: DraftPart) -> str:
    content: Content = part.content
    if part.kind == DraftPartKind.SCALE:
        return ", ".join(level.get("label", "") for level in content.get("levels", []))
    names = {DraftPartKind.ABOUT: "description", DraftPartKind.BENCHMARK: "statement"}
    return str(content.get(names.get(DraftPartKind(part.kind), "text"), ""))


def differences_of(page: EditionPage, based_on: Toolkit) -> list[str]:
    """From the edition that it came from, a sentence each. Seven queries."""
    before = as_document(Toolkit.objects.with_contents().get(pk=based_on.pk))
    return differences(before, page.drafted.document, here="before", there="in the draft")


@dataclass(frozen=True)
class DraftRow:
    """One draft, or what became of it, in the list."""

    draft: EditionDraft
    title: str
    href: str


def draft_rows(desk: Desk) -> list[DraftRow]:
    """Latest first. Two queries."""
    found = desk.drafts.select_related("published_as").prefetch_related(
        Prefetch("parts", DraftPart.objects.filter(kind=DraftPartKind.ABOUT))
    )
    return [
        DraftRow(draft, titled(draft), desk.url("edition", draft.pk)) for draft in found[:MOST_ROWS]
    ]


def titled(draft: EditionDraft) -> str:
    about = next(iter(draft.parts.all()), None)
    return str(about and about.content.get("title") or UNTITLED)


def part_clash(theirs: DraftPart, mine: PartForm, data: QueryDict) -> Clash:
    """One query."""
    by, at = last_author(theirs)
    said = zip(mine.words(theirs.content), mine.words(mine.content), strict=True)
    sides = [Side(label, old, new) for (label, old), (_, new) in said]
    return Clash(
        prefix="",
        heading=title_of(theirs),
        sides=differing(*sides),
        fields=fields_of(data, theirs.version),
        by=by,
        at=at,
    )
