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
    Cycle,
    DocumentImport,
    EvidenceItem,
    Export,
    ExportFormat,
    Membership,
    ReturnedWorkbook,
    Snapshot,
    User,
    WorkingWorkbook,
)

Arguments = dict[str, Any]


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
    return reverse(route, kwargs={name: known[name] for name in ROUTES[route]})


def arguments_for(cycle: Cycle, contributor: User, viewer: User) -> Arguments:
    """What the contributor has to do with, and public files."""
    cycle.council.logo.save("logo.png", ContentFile(b"png"))
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    Snapshot.objects.create(
        council=cycle.council,
        cycle=cycle,
        number=1,
        revision=1,
        content="{}",
        signed_by=contributor,
        signed_at=cycle.started_at,
    )
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
        "token": token_of(contributor, cycle),
        **things_of(cycle, "1.1", contributor, Audience.PUBLIC),
    }


def token_of(user: User, cycle: Cycle) -> str:
    """One that ends the person's reminders, and names their calendar feed too."""
    token = reminders_address(user, cycle.council).rstrip("/").rpartition("/")[2]
    CalendarFeed.objects.create(user=user, council=cycle.council, token=token)
    return token


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
    return ReturnedWorkbook.objects.create(cycle=cycle, file_name="own.xlsx", by=by, sheets=[sheet])


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
