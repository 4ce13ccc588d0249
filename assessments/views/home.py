"""The first page after signing in: which council?"""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import councils_open_to, signed_in_page, site_page
from assessments.forms.council import AddCouncilForm
from assessments.forms.govuk import posted
from assessments.models import User
from assessments.services.councils import add_council

COUNCILS_A_PAGE = 100


@require_safe
@signed_in_page
def home(request: HttpRequest) -> HttpResponse:
    """The person's councils; the council itself where there is just one to go to."""
    user = cast(User, request.user)
    page = Paginator(councils_open_to(user), COUNCILS_A_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1 and not user.is_site_administrator:
        return redirect("councils:council", page[0].slug)
    return render(request, "assessments/home.html", {"page": page, "current_nav": "home"})


@require_http_methods(["GET", "POST"])
@site_page
def add(request: HttpRequest) -> HttpResponse:
    form = AddCouncilForm(posted(request))
    if form.is_valid():
        try:
            council = add_council(**form.cleaned_data, by=cast(User, request.user))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"{council} has been added. Now add its toolkit lead.")
            return redirect("councils:people", council.slug)
    return render(request, "assessments/add_council.html", {"form": form})
