"""What the texts of one row of a document are, where they were taken for something else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import Access, council_page
from assessments.forms.govuk import posted
from assessments.forms.import_texts import TextsForm
from assessments.imports.word.entries import Entry
from assessments.permissions import Permission
from assessments.presenters.import_rows import ShownText, role_choices, said_meanwhile
from assessments.presenters.imports import Review
from assessments.services.conflicts import StaleSave
from assessments.services.import_rows import retell_row
from assessments.views.import_rows import any_row_of, led_back
from assessments.views.imports import review_address


@require_http_methods(["GET", "HEAD", "POST"])
@council_page(Permission.START_CYCLE)
@led_back
def texts(request: HttpRequest, access: Access, import_id: int, row: int) -> HttpResponse:
    """A heading, too, may have been taken for one wrongly."""
    review, entry = any_row_of(access, import_id, row)
    form = TextsForm(entry, review.edition.levels, role_choices(entry), posted(request))
    status = 200
    if form.is_valid():
        try:
            after = retell_row(
                document=review.document,
                row=row,
                version=form.cleaned_data["version"],
                roles=form.roles,
                mark=form.mark,
                by=access.user,
            )
            return onwards(access, Review(after), row)
        except StaleSave as stale:
            entry, status = stale.theirs, 409
            form = told_again(request, review, entry)
    return texts_page(request, review, entry, form, status)


def onwards(access: Access, review: Review, row: int) -> HttpResponse:
    """Back to the row; where it answers something and has no place yet, to choosing one."""
    entry = review.entry(row)
    if entry and entry.is_in_tray and not entry.place:
        return redirect("councils:import_row", access.council.slug, review.document.pk, row)
    return redirect(review_address(access, review.document.pk) + review.place_of(row))


def told_again(request: HttpRequest, review: Review, entry: Entry) -> TextsForm:
    """For a row that somebody else has changed: what was chosen stays so, to be saved again."""
    data = request.POST.copy()
    data["version"] = str(entry.version)
    form = TextsForm(entry, review.edition.levels, role_choices(entry), data)
    form.add_error(None, said_meanwhile(entry))
    return form


def texts_page(
    request: HttpRequest, review: Review, entry: Entry, form: TextsForm, status: int
) -> HttpResponse:
    page = {
        "form": form,
        "texts": [ShownText(*each) for each in form.texts],
        "shown": review.shown(entry),
        "document": review.document,
        "place_of_row": review.place_of(entry.number),
    }
    return render(request, "assessments/import_row_texts.html", page, status=status)
