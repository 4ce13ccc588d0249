"""Who belongs to the council."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import Access, council_page
from assessments.forms.govuk import posted
from assessments.forms.people import AddPersonForm, ChangeRoleForm
from assessments.models import Membership, Role
from assessments.permissions import Permission
from assessments.presenters.people import People, organisations_in_use
from assessments.services.people import add_person, change_role, invite, remove_person

NAVIGATION = {"current_nav": "people"}


@require_safe
@council_page(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest, access: Access) -> HttpResponse:
    context = {"people": People(access), **NAVIGATION}
    return render(request, "assessments/people.html", context)


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest, access: Access) -> HttpResponse:
    form = AddPersonForm(posted(request))
    if form.is_valid():
        try:
            membership = add_person(council=access.council, by=access.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"{membership.user} has been added and gets an e-mail.")
            return redirect("councils:people", access.council.slug)
    in_use = organisations_in_use(access.council.memberships.all())
    context = {"form": form, "in_use": in_use, **NAVIGATION}
    return render(request, "assessments/add_person.html", context)


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_PEOPLE)
def role(request: HttpRequest, access: Access, membership_id: int) -> HttpResponse:
    membership = find(access, membership_id)
    form = ChangeRoleForm(posted(request), initial={"role": membership.role})
    if form.is_valid():
        new = form.cleaned_data["role"]
        try:
            change_role(membership=membership, role=new, by=access.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"{membership.user} is now: {new.label}.")
            return back(access)
    context = {"form": form, "membership": membership, **NAVIGATION}
    return render(request, "assessments/change_role.html", context)


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_PEOPLE)
def remove(request: HttpRequest, access: Access, membership_id: int) -> HttpResponse:
    membership = find(access, membership_id)
    errors = []
    if request.method == "POST":
        try:
            remove_person(membership=membership, by=access.user)
        except ValidationError as problem:
            errors = [("remove", message) for message in problem.messages]
        else:
            messages.success(request, f"{membership.user} has been removed.")
            return back(access)
    context = {"membership": membership, "errors": errors, "has_errors": bool(errors), **NAVIGATION}
    return render(request, "assessments/remove_person.html", context)


@require_POST
@council_page(Permission.MANAGE_PEOPLE)
def invite_again(request: HttpRequest, access: Access, membership_id: int) -> HttpResponse:
    membership = find(access, membership_id)
    invite(membership=membership, by=access.user)
    messages.success(request, f"{membership.user} gets another e-mail.")
    return redirect("councils:people", access.council.slug)


def find(access: Access, membership_id: int) -> Membership:
    return get_object_or_404(access.council.memberships.select_related("user"), pk=membership_id)


def back(access: Access) -> HttpResponse:
    """To the people; for a lead who has just given that up, to a page still open to them."""
    still = access.council.memberships.filter(user=access.user, role=Role.LEAD).exists()
    if still or access.user.is_site_administrator:
        return redirect("councils:people", access.council.slug)
    return redirect("home")
