"""A cycle's way to sign-off, on one page each: where it stands, and the sign-off itself."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.forms.govuk import GovukForm, posted
from assessments.forms.review import ReasonForm, SignOffForm
from assessments.permissions import Permission
from assessments.presenters.review import ReviewPage, SignOffPage
from assessments.services.review import reopen, return_to_lead, sign_off, submit


@require_safe
@cycle_page(Permission.READ)
def review(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    return show(request, access)


@require_POST
@cycle_page(Permission.SUBMIT)
def submit_cycle(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    page = ReviewPage(access)
    form = page.submit_form(request.POST)
    if not form.is_valid():
        return show(request, access, page, submit_form=form)
    return moved(request, access, form, "Sent to the board for review.", submit, gaps=page.gaps)


@require_POST
@cycle_page(Permission.SIGN_OFF)
def return_cycle(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    page = ReviewPage(access)
    form = page.return_form(request.POST)
    if not form.is_valid():
        return show(request, access, page, return_form=form)
    return moved(request, access, form, "Returned to the toolkit lead.", return_to_lead)


@require_POST
@cycle_page(Permission.SIGN_OFF)
def reopen_cycle(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    page = ReviewPage(access)
    form = page.reopen_form(request.POST)
    if not form.is_valid():
        return show(request, access, page, reopen_form=form)
    return moved(request, access, form, "Reopened as a new version.", reopen)


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.SIGN_OFF)
def sign(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    """The one page that the chair signs."""
    form = SignOffForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            snapshot = sign_off(cycle=access.cycle, note=form.cleaned_data["note"], by=access.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("councils:snapshot", access.council.slug, snapshot.number)
    context = {"page": SignOffPage(access), "form": form}
    return render(request, "assessments/sign_off.html", context)


def moved(
    request: HttpRequest,
    access: CycleAccess,
    form: ReasonForm,
    message: str,
    service: Any,
    **details: Any,
) -> HttpResponse:
    """Take the step; where somebody was first, say so on the page."""
    try:
        service(
            cycle=access.cycle,
            reason=form.cleaned_data["text"],
            reason_sensitivity=form.cleaned_data["sensitivity"],
            by=access.user,
            **details,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, message)
    return redirect("councils:review", access.council.slug, access.cycle.pk)


def show(
    request: HttpRequest,
    access: CycleAccess,
    page: ReviewPage | None = None,
    **bound: GovukForm,
) -> HttpResponse:
    page = page or ReviewPage(access)
    form = next(iter(bound.values()), None)
    context = {"page": page, **page.forms(), **bound, "form": form}
    return render(request, "assessments/review.html", context)
