"""Drafting an edition: started, read through, published."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.desk import Desk, desk_page, draft_page
from assessments.forms.editions import StartEditionForm
from assessments.forms.govuk import posted
from assessments.imports.editions import read_upload
from assessments.instruments import prepared
from assessments.models import EditionDraft
from assessments.presenters.edition_history import entries_of
from assessments.presenters.editions import EditionPage, differences_of, draft_rows
from assessments.services.editions import copy_of, discard_draft, publish_draft, start_draft
from assessments.views.toolkits import Format, as_file
from benchmarks.editions.problems import EditionError

NAVIGATION = {"current_nav": "toolkits"}
ENTRIES_A_PAGE = 100


@require_safe
@desk_page
def editions(request: HttpRequest, desk: Desk) -> HttpResponse:
    context = {"desk": desk, "rows": draft_rows(desk), "start": desk.url("start"), **NAVIGATION}
    return render(request, "assessments/editions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    owned = [each.pk for each in desk.owned]
    form = StartEditionForm(desk.toolkits, offered(desk), owned, posted(request), files)
    if form.is_valid():
        try:
            draft = start_draft(council=desk.council, by=desk.user, **beginning(form))
        except EditionError as error:
            for says in error.problems:
                form.add_error("document", says)
        else:
            return redirect(desk.url("edition", draft.pk))
    context = {"desk": desk, "form": form, "back": desk.url("list"), **NAVIGATION}
    return render(request, "assessments/start_edition.html", context)


def offered(desk: Desk) -> Any:
    """Prepared instruments are completed by each council, with its own statements."""
    return prepared() if desk.council else ()


def beginning(form: StartEditionForm) -> dict[str, Any]:
    """What the draft begins with. Raises EditionError for a file that can't be read."""
    source = form.cleaned_data["source"]
    if toolkit := form.toolkits.get(source):
        corrects = bool(form.cleaned_data.get("corrects"))
        return {"document": copy_of(toolkit), "based_on": toolkit, "corrects": corrects}
    if instrument := form.prepared.get(source):
        return {"document": instrument.document}
    upload = form.cleaned_data["document"] if source == "file" else None
    return {"document": read_upload(upload.name, upload.read()) if upload else {}}


@require_safe
@draft_page
def edition(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    page = EditionPage(desk, draft)
    context = {"page": page, "has_errors": bool(page.errors), **NAVIGATION}
    return render(request, "assessments/edition.html", context)


@require_safe
@draft_page
def differences(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    page = EditionPage(desk, draft)
    lines = differences_of(page, draft.based_on) if draft.based_on else []
    context = {"page": page, "lines": lines, **NAVIGATION}
    return render(request, "assessments/edition_differences.html", context)


@require_safe
@draft_page
def history(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    shown = Paginator(entries_of(draft), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": EditionPage(desk, draft), "entries": shown, **NAVIGATION}
    return render(request, "assessments/edition_history.html", context)


@require_safe
@draft_page
def download(request: HttpRequest, desk: Desk, draft: EditionDraft, format: Format) -> HttpResponse:
    return as_file(EditionPage(desk, draft).drafted.document, format)


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def publish(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    """Asks first: nothing published can be changed."""
    page = EditionPage(desk, draft)
    errors = page.errors
    if request.method == "POST" and not draft.is_open:  # pressed twice
        return redirect(page.url("edition"))
    if request.method == "POST":
        try:
            toolkit = publish_draft(draft=draft, by=desk.user)
        except EditionError as error:
            errors = errors or [("", says) for says in error.problems]
        else:
            messages.success(request, f"{toolkit.title} has been published.")
            return redirect(page.url("edition"))
    shown = [("", says) for _, says in errors]
    context = {"page": page, "errors": shown, "has_errors": bool(shown), **NAVIGATION}
    return render(request, "assessments/publish_edition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def discard(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    """Asks first."""
    page = EditionPage(desk, draft)
    if request.method != "POST":
        return render(request, "assessments/discard_edition.html", {"page": page, **NAVIGATION})
    discard_draft(draft=draft, by=desk.user)
    messages.success(request, f"The draft of {page.title} has been discarded.")
    return redirect(desk.url("list"))
