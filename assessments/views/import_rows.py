"""One row of a document under review: where it goes, split, joined with the one before."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import Access, council_page
from assessments.forms.govuk import posted
from assessments.forms.imports import TRAY, CutForm, JoinForm, PlaceForm, SplitForm
from assessments.imports.word.entries import Entry
from assessments.imports.word.splitting import pieces_of
from assessments.permissions import Permission
from assessments.presenters.import_rows import (
    ShownPiece,
    choices,
    joined_meanwhile,
    said_meanwhile,
)
from assessments.presenters.imports import Review
from assessments.services.conflicts import StaleSave
from assessments.services.import_rows import RowGone, join_row, place_row, split_row
from assessments.services.imports import ImportFinished
from assessments.views.imports import finished, read_import, review_address

RowView = Callable[[HttpRequest, Access, int, int], HttpResponse]


def led_back(view: RowView) -> RowView:
    """To the review, or home, where there is no such row any more."""

    @wraps(view)
    def answer(request: HttpRequest, access: Access, import_id: int, row: int) -> HttpResponse:
        try:
            return view(request, access, import_id, row)
        except RowGone:
            messages.info(request, "Somebody has joined this row with another one meanwhile.")
            return redirect(review_address(access, import_id))
        except ImportFinished:
            return finished(request, access)

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@council_page(Permission.START_CYCLE)
@led_back
def row(request: HttpRequest, access: Access, import_id: int, row: int) -> HttpResponse:
    """The list accepts a proposal by posting it here; this page chooses another place."""
    review, entry = row_of(access, import_id, row)
    form = PlaceForm(choices(review.edition, entry.proposed), posted(request), initial=now(entry))
    status = 200
    if form.is_valid():
        try:
            changed = {"by": access.user, **form.cleaned_data}
            after = place_row(document=review.document, row=row, **changed)
            here = review_address(access, import_id)
            return redirect(here + Review(after).place_of_next(row))
        except StaleSave as stale:
            entry, status = stale.theirs, 409
            form = chosen_again(request, review, entry)
    return row_page(request, review, entry, form, status)


def now(entry: Entry) -> dict[str, str | int]:
    return {"place": entry.place or TRAY, "version": entry.version}


def chosen_again(request: HttpRequest, review: Review, entry: Entry) -> PlaceForm:
    """For a row that somebody else has changed: what was chosen stays so, to be saved again."""
    data = request.POST.copy()
    data["version"] = str(entry.version)
    form = PlaceForm(choices(review.edition, entry.proposed), data, initial=now(entry))
    form.add_error("place", said_meanwhile(entry))
    return form


def row_page(
    request: HttpRequest, review: Review, entry: Entry, form: PlaceForm, status: int
) -> HttpResponse:
    page = {
        "form": form,
        "shown": review.shown(entry),
        "before": review.before(entry),
        "document": review.document,
        "place_of_row": review.place_of(entry.number),
    }
    return render(request, "assessments/import_row.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@council_page(Permission.START_CYCLE)
@led_back
def split(request: HttpRequest, access: Access, import_id: int, row: int) -> HttpResponse:
    review, entry = row_of(access, import_id, row)
    form = SplitForm(entry, posted(request))
    status = 200
    if form.is_valid():
        try:
            changed = {name: form.cleaned_data[name] for name in ("version", "cut")}
            changed |= {"goes_to": form.goes_to, "by": access.user}
            after = split_row(document=review.document, row=row, **changed)
            return redirect(review_address(access, import_id) + Review(after).place_of(row))
        except StaleSave as stale:
            entry, status = stale.theirs, 409
            form = split_again(request, entry)
    cutting = CutForm(None, address=cut_address(access, import_id, row))
    return split_page(request, review, entry, form, cutting, status)


@require_POST
@council_page(Permission.START_CYCLE)
@led_back
def cut(request: HttpRequest, access: Access, import_id: int, row: int) -> HttpResponse:
    """The page to split a row again, with more pieces; nothing is saved."""
    review, entry = row_of(access, import_id, row)
    cutting = CutForm(request.POST, address=cut_address(access, import_id, row))
    words = cutting.cleaned_data["cut"] if cutting.is_valid() else ""
    form = SplitForm(entry, None, cut=words)
    if words and len(form.pieces) == len(pieces_of(entry)):
        cutting.add_error("cut", "No piece goes on with these words")
    return split_page(request, review, entry, form, cutting)


def cut_address(access: Access, import_id: int, row: int) -> str:
    return reverse("councils:cut_import_row", args=[access.council.slug, import_id, row])


def split_page(
    request: HttpRequest,
    review: Review,
    entry: Entry,
    form: SplitForm,
    cutting: CutForm,
    status: int = 200,
) -> HttpResponse:
    page = {
        "form": form,
        "cutting": cutting,
        "errors": form.error_links + cutting.error_links,
        "has_errors": bool(cutting.errors),
        "pieces": [ShownPiece(*each) for each in form.choices],
        "shown": review.shown(entry),
        "document": review.document,
    }
    return render(request, "assessments/split_import_row.html", page, status=status)


def split_again(request: HttpRequest, entry: Entry) -> SplitForm:
    data = request.POST.copy()
    data["version"] = str(entry.version)
    form = SplitForm(entry, data)
    form.add_error(None, said_meanwhile(entry))
    return form


@require_POST
@council_page(Permission.START_CYCLE)
@led_back
def join(request: HttpRequest, access: Access, import_id: int, row: int) -> HttpResponse:
    """With the row before it."""
    review, _ = row_of(access, import_id, row)
    here = review_address(access, import_id)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return redirect("councils:import_row", access.council.slug, import_id, row)
    try:
        after = join_row(document=review.document, row=row, by=access.user, **form.cleaned_data)
    except StaleSave as stale:
        messages.error(request, joined_meanwhile(stale.theirs))
        return redirect("councils:import_row", access.council.slug, import_id, row)
    return redirect(here + Review(after).place_of(form.cleaned_data["before"]))


def row_of(access: Access, import_id: int, row: int) -> tuple[Review, Entry]:
    """404 for a heading, which has no place to choose."""
    review, entry = any_row_of(access, import_id, row)
    if entry.is_label:
        raise Http404
    return review, entry


def any_row_of(access: Access, import_id: int, row: int) -> tuple[Review, Entry]:
    review = Review(read_import(access, import_id))
    entry = review.entry(row)
    if entry is None:
        raise RowGone
    return review, entry
