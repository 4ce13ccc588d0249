"""A spreadsheet that isn't ours: its columns are named, its rows placed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import CycleAccess, cycle_page
from assessments.forms.govuk import posted
from assessments.forms.imports import TRAY, PlaceForm
from assessments.forms.workbooks import ColumnsForm
from assessments.imports.spreadsheet.grid import Grid
from assessments.permissions import Permission
from assessments.presenters.workbook_rows import SpreadsheetRow
from assessments.services.conflicts import StaleSave
from assessments.services.workbook_rows import Placed, name_columns, place_row
from assessments.services.workbooks import ReturnFinished
from assessments.views.workbooks import (
    finished,
    limited_to,
    to_columns,
    to_review,
    unfinished,
)


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.ANSWER_ASSIGNED)
def workbook_columns(
    request: HttpRequest, access: CycleAccess, spreadsheet_id: int
) -> HttpResponse:
    """What the columns of a spreadsheet hold that isn't ours."""
    returned = unfinished(access, spreadsheet_id)
    sheets = [Grid.read(each) for each in returned.sheets]
    asked = request.POST.get("sheet") or request.GET.get("sheet", "0")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0
    if number >= len(sheets):
        raise Http404
    form = ColumnsForm(sheets[number], number, posted(request))
    if form.is_valid():
        try:
            name_columns(
                returned=returned,
                sheet=number,
                heading=form.cleaned_data["heading"],
                columns=form.columns,
                readers=form.cleaned_data["readers"],
            )
        except ReturnFinished:
            return finished(request, access)
        return to_review(access, returned)
    page = {"form": form, "returned": returned, "sheets": sheets, "number": number}
    return render(request, "assessments/workbook_columns.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.ANSWER_ASSIGNED)
def workbook_row(
    request: HttpRequest, access: CycleAccess, spreadsheet_id: int, row: int
) -> HttpResponse:
    """Where a row goes, whatever was found for it."""
    returned = unfinished(access, spreadsheet_id)
    if not returned.columns:
        return to_columns(access, returned)
    shown = SpreadsheetRow(returned, row, limited_to=limited_to(access))
    if not shown.is_there:
        raise Http404
    form, status = row_form(request, shown, shown.placed), 200
    if form.is_valid():
        try:
            return placed(request, access, shown, form)
        except StaleSave as stale:
            form, status = chosen_again(request, shown, stale.theirs), 409
    page = {"form": form, "shown": shown, "returned": returned}
    return render(request, "assessments/workbook_row.html", page, status=status)


def row_form(request: HttpRequest, shown: SpreadsheetRow, placed: Placed) -> PlaceForm:
    initial = {"place": shown.place or TRAY, "version": placed.version}
    return PlaceForm(shown.groups, posted(request), initial=initial)


def placed(
    request: HttpRequest, access: CycleAccess, shown: SpreadsheetRow, form: PlaceForm
) -> HttpResponse:
    """Onwards to the next row without a place. Raises StaleSave."""
    place = form.cleaned_data["place"]
    try:
        after = place_row(
            returned=shown.returned,
            row=shown.number,
            version=form.cleaned_data["version"],
            where=(place.ref, next(iter(place.positions), 0)) if place else None,
            by=access.user,
        )
    except ReturnFinished:
        return finished(request, access)
    following = SpreadsheetRow(after, shown.number, limited_to=None).next_in_tray
    if following is None:
        messages.success(request, "Every row without a place has been looked at.")
        return to_review(access, after)
    return redirect(
        "councils:workbook_row", access.council.slug, access.cycle.pk, after.pk, following
    )


def chosen_again(request: HttpRequest, shown: SpreadsheetRow, theirs: Placed) -> PlaceForm:
    """For a row that somebody else has placed: what was chosen stays so, to be saved again."""
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    form = PlaceForm(shown.groups, data, initial={})
    form.add_error("place", shown.said_meanwhile(theirs))
    return form
