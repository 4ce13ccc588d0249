"""The action register: every action of the council, mended where it stands."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from assessments.access import Access, council_page
from assessments.exports.register import register_file
from assessments.forms.register import GiveDateForm, GiveForm, GiveOwnerForm
from assessments.permissions import Permission
from assessments.presenters.register import Register, register_listed
from assessments.presenters.register_file import record_of
from assessments.services.register import Given
from assessments.services.register import give_date as give_date_to
from assessments.services.register import give_owner as give_owner_to


@require_safe
@council_page(Permission.READ)
def register(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, Register(access, request.GET, timezone.localdate()))


@require_POST
@council_page(Permission.ANSWER_ASSIGNED)
def give_owner(request: HttpRequest, access: Access) -> HttpResponse:
    page = register_listed(access, request.POST)
    form = GiveOwnerForm(request.POST, members=page.members)
    if not form.is_valid():
        return show(request, page, owner_form=form)
    typed = form.cleaned_data
    given = give_owner_to(
        council=access.council,
        picked=allowed(page, form),
        owner=typed["owner"],
        instead=typed["instead"],
        by=access.user,
    )
    return done(request, page, given, "The owner has been given to")


@require_POST
@council_page(Permission.ANSWER_ASSIGNED)
def give_date(request: HttpRequest, access: Access) -> HttpResponse:
    page = register_listed(access, request.POST)
    form = GiveDateForm(request.POST)
    if not form.is_valid():
        return show(request, page, date_form=form)
    due_date = form.cleaned_data["due_date"]
    given = give_date_to(
        council=access.council, picked=allowed(page, form), due_date=due_date, by=access.user
    )
    return done(request, page, given, "The date has been given to")


@require_safe
@council_page(Permission.READ)
def download(request: HttpRequest, access: Access, format: str) -> HttpResponse:
    """The filtered list. `format`: as the address allows, xlsx or csv."""
    page = Register(access, request.GET, timezone.localdate())
    file = register_file(record_of(page), format)
    response = HttpResponse(file.content, content_type=file.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name)
    return response


def allowed(page: Register, form: GiveForm) -> dict[int, int]:
    """The ticked actions. Raises PermissionDenied where one isn't the person's to change."""
    picked: dict[int, int] = form.cleaned_data["action"]
    if not all(card.may_change for card in page.cards_of(picked.keys()).values()):
        raise PermissionDenied
    return picked


def done(request: HttpRequest, page: Register, given: Given, what: str) -> HttpResponse:
    """Back to the list as it was; what was left alone is named there."""
    if given.given:
        messages.success(request, f"{what} {number_of(given.given)}.")
    left = ",".join(map(str, given.left))
    if left:
        messages.warning(
            request, f"Somebody has changed {number_of(len(given.left))} meanwhile: see below."
        )
    return redirect(f"{page.address}?{page.encoded}{'&left=' + left if left else ''}")


def number_of(count: int) -> str:
    return f"{count} action{'' if count == 1 else 's'}"


def show(
    request: HttpRequest,
    page: Register,
    *,
    owner_form: GiveOwnerForm | None = None,
    date_form: GiveDateForm | None = None,
) -> HttpResponse:
    bound = owner_form or date_form
    context: dict[str, Any] = {
        "register": page,
        "owner_form": owner_form or GiveOwnerForm(),
        "date_form": date_form or GiveDateForm(),
        "ticked": bound.ticked if bound else set(),
        "errors": bound.error_links if bound else [],
        "has_errors": bound is not None,
        "current_nav": "actions",
    }
    return render(request, "assessments/register.html", context)
