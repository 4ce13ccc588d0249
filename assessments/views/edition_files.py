"""A file read into a drafted edition: what differs is shown before anything is written."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments.desk import Desk, draft_page
from assessments.forms.editions import REPLACE, EditionFileForm
from assessments.forms.govuk import posted
from assessments.imports.editions import read_for_draft
from assessments.imports.problems import shown
from assessments.models import EditionDraft
from assessments.presenters.editions import EditionPage
from assessments.services.conflicts import StaleSave
from assessments.services.edition_files import Incoming, outcome_of, stamp_of, take_file
from assessments.services.editions import DraftClosed
from benchmarks.editions.differences import differences
from benchmarks.editions.problems import EditionError

SALT = "prevent-toolkit.edition-file"
NAVIGATION = {"current_nav": "toolkits"}


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def file(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    if not draft.is_open:
        raise DraftClosed
    form = EditionFileForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        try:
            return show_differences(request, desk, draft, incoming_of(form))
        except EditionError as error:
            for says in error.problems:
                form.add_error("document", says)
    context = {"page": EditionPage(desk, draft), "form": form, **NAVIGATION}
    return render(request, "assessments/edition_file.html", context)


def incoming_of(form: EditionFileForm) -> Incoming:
    """Raises EditionError."""
    upload = form.cleaned_data["document"]
    name = shown(upload.name, longest=60)
    return Incoming(name, read_for_draft(upload.read()), form.cleaned_data["how"] == REPLACE)


def show_differences(
    request: HttpRequest, desk: Desk, draft: EditionDraft, incoming: Incoming
) -> HttpResponse:
    """The file travels on, signed, in the form that confirms it. Raises EditionError."""
    page = EditionPage(desk, draft)
    outcome = outcome_of(draft, page.drafted, incoming)
    lines = differences(page.drafted.document, outcome, here="in the draft", there="from the file")
    context: dict[str, Any] = {
        "page": page,
        "incoming": incoming,
        "lines": lines,
        "token": signing.dumps(asdict(incoming), salt=SALT, compress=True),
        "stamp": stamp_of(page.drafted),
        **NAVIGATION,
    }
    return render(request, "assessments/confirm_edition_file.html", context)


@require_POST
@draft_page
def confirm_file(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    try:
        incoming = Incoming(**signing.loads(request.POST.get("file", ""), salt=SALT))
    except signing.BadSignature:
        return redirect(desk.url("file", draft.pk))
    stamp = request.POST.get("stamp", "")
    try:
        take_file(draft=draft, incoming=incoming, stamp=stamp, by=desk.user)
    except StaleSave:
        messages.error(
            request, "Somebody has changed the draft meanwhile: look again at what differs."
        )
        return show_differences(request, desk, draft, incoming)
    except EditionError as error:
        messages.error(request, " ".join(error.problems))
        return redirect(desk.url("file", draft.pk))
    messages.success(request, f"“{incoming.name}” has been read into the draft.")
    return redirect(desk.url("edition", draft.pk))
