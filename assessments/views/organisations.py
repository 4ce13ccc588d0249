"""The organisations that people answer for, changed together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import Access, council_page
from assessments.forms.govuk import posted
from assessments.forms.organisations import OrganisationsForm
from assessments.permissions import Permission
from assessments.presenters.people import organisations_in_use
from assessments.services.organisations import name_organisations


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_PEOPLE)
def organisations(request: HttpRequest, access: Access) -> HttpResponse:
    people = list(access.council.memberships.select_related("user"))
    form = OrganisationsForm(people, posted(request))
    if form.is_valid():
        try:
            changed = name_organisations(council=access.council, named=form.named, by=access.user)
        except ValidationError as problem:
            form.overtaken(problem)
        else:
            messages.success(request, outcome(changed))
            return redirect("councils:people", access.council.slug)
    context = {
        "form": form,
        "in_use": organisations_in_use(people),
        "has_errors": bool(form.errors),
        "current_nav": "people",
    }
    return render(request, "assessments/organisations.html", context)


def outcome(changed: int) -> str:
    if not changed:
        return "Nothing has changed."
    return f"{changed} organisation{' has' if changed == 1 else 's have'} been saved."
