"""Finding a question by words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assessments import search as searching
from assessments.access import CycleAccess, cycle_page
from assessments.forms.govuk import posted
from assessments.forms.search import SearchForm
from assessments.permissions import Permission


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ)
def search(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    """The words are posted, because they may be the council's own: an address is written to
    logs and histories."""
    form = SearchForm(posted(request))
    found = searching.search(access.cycle, form.cleaned_data["words"]) if form.is_valid() else None
    return render(request, "assessments/search.html", {"form": form, "found": found})
