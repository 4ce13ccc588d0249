"""Every address of the site, and something of Northmere's to put into each."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments.links import reminders_address
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Audience,
    CalendarFeed,
    Challenge,
    Council,
    Cycle,
    DocumentImport,
    DraftPartKind,
    EvidenceItem,
    Export,
    ExportFormat,
    Membership,
    Pack,
    PackFile,
    ReturnedWorkbook,
    User,
    WorkingWorkbook,
)
from assessments.services.editions import copy_of, start_draft
from assessments.services.pack_files import make_version
from assessments.services.pack_sections import comment
from benchmarks.models import Toolkit
from tests.packs import freeze_now, pack_on

Arguments = dict[str, Any]
FEED = "the-address-of-a-calendar"


def routes(
    patterns: list[URLPattern | URLResolver],
    namespaces: tuple[str, ...] = (),
    outer: tuple[str, ...] = (),
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Full name and parameters of every address."""
    for each in patterns:
        parameters = (*outer, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from routes(each.url_patterns, inner, parameters)
        else:
            assert each.name, f"{each.pattern} has no name"
            yield ":".join([*namespaces, each.name]), parameters


ROUTES = dict(routes(get_resolver().url_patterns))


def address(route: str, arguments: Arguments) -> str:
    known = arguments | ({"slug": "small"} if route.startswith("toolkits:") else {})
    if route == "calendar_feed":
        known |= {"token": FEED}
    if route.startswith("editions:"):
        known = known | arguments["for_everybody"]
    return reverse(route, kwargs={name: known[name] for name in ROUTES[route]})


def arguments_for(cycle: Cycle, contributor: User, viewer: User) -> Arguments:
    """What the contributor has to do with, and public files."""
    cycle.council.logo.save("logo.png", ContentFile(b"png"))
    cycle.council.word_template.save("template.docx", ContentFile(b"docx"))
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    pack = pack_on(freeze_now(cycle, contributor), contributor)
    return {
        "slug": cycle.council.slug,
        "number": 1,
        "membership_id": Membership.objects.get(user=viewer).pk,
        "page": "add-action:1.1",
        "import_id": reviewed_import(cycle, contributor).pk,
        "row": 1,
        "spreadsheet_id": spreadsheet(cycle, contributor).pk,
        "returned_id": returned_workbook(cycle, contributor).pk,
        "uidb36": "1",
        "key": "set-password",
        "for_everybody": drafted(None, contributor, cycle.toolkit),
        **drafted(cycle.council, contributor, cycle.toolkit),
        "token": token_of(contributor, cycle),
        **things_of(cycle, "1.1", contributor, Audience.PUBLIC),
        **things_of_pack(pack, contributor),
    }


def things_of_pack(pack: Pack, by: User) -> Arguments:
    """What stands in addresses below a committee pack."""
    version = make_version(pack=pack, is_draft=True, by=by)
    file = PackFile.objects.create(
        pack_version=version,
        document=PackFile.Document.REPORT,
        format=PackFile.Format.PDF,
        audience=Audience.PUBLIC,
        status=PackFile.Status.READY,
        file=ContentFile(b"%PDF", name="report.pdf"),
    )
    financial = pack.sections.get(key="financial")
    return {
        "pack_id": pack.pk,
        "name": financial.key,
        "pack_part_id": pack.parts.order_by("pk")[0].pk,
        "comment_id": comment(section=financial, text="Why?", by=by).pk,
        "file_id": file.pk,
    }


def drafted(council: Council | None, by: User, toolkit: Toolkit) -> Arguments:
    """A draft and its first question."""
    document = copy_of(toolkit)
    draft = start_draft(council=council, document=document, by=by, based_on=toolkit)
    part = draft.parts.filter(kind=DraftPartKind.QUESTION).first()
    assert part
    return {"draft_id": draft.pk, "part_id": part.pk}


def token_of(user: User, cycle: Cycle) -> str:
    """One that ends the person's reminders."""
    CalendarFeed.objects.create(user=user, council=cycle.council, token=FEED)
    return reminders_address(user, cycle.council).rstrip("/").rpartition("/")[2]


def reviewed_import(cycle: Cycle, by: User) -> DocumentImport:
    """One row of a document, waiting to be checked."""
    parts = [{"role": "evidence", "text": "We do."}]
    row = {"number": 1, "table": 0, "row": 1, "parts": parts, "state": "check", "place": "1.1 1"}
    return DocumentImport.objects.create(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        file_name="last year.docx",
        by=by,
        status=DocumentImport.Status.READY,
        characters=5,
        rows=[row],
    )


def returned_workbook(cycle: Cycle, by: User) -> ReturnedWorkbook:
    """A file that came back, with one new evidence."""
    sent = {"key": "1.1/1", "ref": "1.1", "position": 1, "cells": {"evidence": ""}}
    workbook = WorkingWorkbook.objects.create(cycle=cycle, whose=by, made_by=by, rows=[sent])
    more = {"covers": "1", "readers": "public"}
    said = {"number": 1, "key": "1.1/1", "cell": "evidence", "value": "We do.", "more": more}
    place = {"place": "Answers, row 5", "ref": "1.1", "position": 1}
    return ReturnedWorkbook.objects.create(
        cycle=cycle, workbook=workbook, file_name="back.xlsx", by=by, said=[said | place]
    )


def spreadsheet(cycle: Cycle, by: User) -> ReturnedWorkbook:
    """A file that came back and was never sent out, whose columns have to be named."""
    sheet = {"title": "Sheet1", "rows": [[1, ["Ref", "Evidence"]], [2, ["1.1", "We do."]]]}
    named = {"sheet": 0, "heading": 0, "of": {"ref": 1, "evidence": 2}, "readers": "public"}
    return ReturnedWorkbook.objects.create(
        cycle=cycle, file_name="own.xlsx", by=by, sheets=[sheet], columns=named
    )


def things_of(cycle: Cycle, ref: str, owner: User, audience: Audience) -> Arguments:
    """What stands in addresses below a cycle."""
    question = cycle.questions.get(question__ref=ref).question
    action = Action.objects.create(council=cycle.council, text="Do it.")
    ActionOwner.objects.create(action=action, name=owner.name, user=owner)
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    item = EvidenceItem.objects.create(cycle=cycle, question=question, title="Minutes")
    export = Export.objects.create(
        cycle=cycle,
        format=ExportFormat.PDF,
        audience=audience,
        status=Export.Status.READY,
        requested_by=owner,
        file=ContentFile(b"%PDF", name="front-sheet.pdf"),
    )
    challenge = Challenge.objects.create(
        cycle=cycle, question=question, text="Why?", raised_at=cycle.started_at
    )
    return {
        "cycle_id": cycle.pk,
        "before_id": cycle.pk,
        "after_id": cycle.pk,
        "ref": ref,
        "action_id": action.pk,
        "item_id": item.pk,
        "export_id": export.pk,
        "challenge_id": challenge.pk,
    }
