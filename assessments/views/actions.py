"""Actions: added and changed beside a question, followed on the cycle's list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.conflicts import THEIRS
from assessments.forms.actions import RemoveActionForm
from assessments.forms.govuk import posted
from assessments.permissions import Permission
from assessments.presenters.action_list import ActionList
from assessments.presenters.actions import ActionCard, Rights, cards_of
from assessments.presenters.asked import Asked
from assessments.presenters.challenges import asked_about
from assessments.presenters.clashes import action_clash
from assessments.refusals import Removed
from assessments.services import actions as services
from assessments.services.conflicts import StaleSave
from assessments.views.action_forms import AddActionPage, ChangeActionPage, UpdatePage
from benchmarks.models import Question


@require_safe
@cycle_page(Permission.READ)
def actions(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    page = ActionList(access, request.GET)
    return render(request, "assessments/actions.html", {"page": page})


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def add_action(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    rights, question = Rights.of(access), Asked(access.cycle).question(ref)
    if not rights.may_use(question):
        raise PermissionDenied
    page = AddActionPage(request, access, question, rights)
    if not page.is_sent:
        return page.show()
    added = services.add_action(cycle=access.cycle, action=page.form.input, by=access.user)
    return page.done("The action has been added.", f"action-{added.pk}")


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def action(request: HttpRequest, access: CycleAccess, action_id: int) -> HttpResponse:
    """To be changed, or, for those who may not, to be read."""
    card, rights = find(access, action_id), Rights.of(access)
    if not rights.may_change(card):
        return read(request, card)
    page = ChangeActionPage(request, access, home_of(request, card), rights, card)
    if request.POST.get("keep") == THEIRS:
        return page.done("The action stays as it is.")
    if not page.is_sent:
        return page.show()
    change = page.form.input
    try:
        services.change_action(
            cycle=access.cycle,
            action=card.action,
            version=page.form.cleaned_data["version"] or 0,
            change=change,
            by=access.user,
        )
    except StaleSave as stale:
        theirs = stale.theirs
        return page.stale(
            action_clash(theirs, change, access.cycle, request.POST) if theirs else None
        )
    return page.done("The action has been saved.")


def read(request: HttpRequest, card: ActionCard) -> HttpResponse:
    if request.method == "POST":
        raise PermissionDenied
    context = {"card": card, "question": card.places[0].question, **asked_about(card.action)}
    return render(request, "assessments/action.html", context)


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def add_update(request: HttpRequest, access: CycleAccess, action_id: int) -> HttpResponse:
    card, rights = find_to_change(access, action_id)
    page = UpdatePage(request, access, home_of(request, card), rights, card)
    if not page.is_sent:
        return page.show()
    services.add_update(action=card.action, update=page.form.input, by=access.user)
    return page.done("The progress has been added.")


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def remove_action(request: HttpRequest, access: CycleAccess, action_id: int) -> HttpResponse:
    """Asks first: from one question, or from the whole cycle."""
    card, rights = find_to_change(access, action_id)
    places = rights.places_of(card)
    if not places:
        raise PermissionDenied
    everywhere = len(places) == len(card.places)
    form = RemoveActionForm(posted(request), places=places, everywhere=everywhere)
    if not form.is_valid():
        context = {"form": form, "card": card, "question": home_of(request, card)}
        return render(request, "assessments/remove_action.html", context)
    question = form.question
    services.remove_action(
        cycle=access.cycle, action=card.action, question=question, by=access.user
    )
    where = f"question {question.ref}" if question else "this cycle"
    messages.success(request, f"The action has been removed from {where}.")
    home = home_of(request, card)
    return redirect("councils:question", access.council.slug, access.cycle.pk, home.ref)


def find(access: CycleAccess, action_id: int) -> ActionCard:
    """Raises Removed for an action that doesn't stand in this cycle."""
    wanted = access.council.actions.filter(pk=action_id).values("pk")
    card = cards_of(access.cycle, wanted).get(action_id)
    if card is None:
        raise Removed(f"action:{action_id}", f"update:{action_id}")
    return card


def find_to_change(access: CycleAccess, action_id: int) -> tuple[ActionCard, Rights]:
    card, rights = find(access, action_id), Rights.of(access)
    if not rights.may_change(card):
        raise PermissionDenied
    return card, rights


def home_of(request: HttpRequest, card: ActionCard) -> Question:
    """The question that the person came from, else the first that the action stands beside."""
    questions = [place.question for place in card.places]
    at = request.GET.get("at")
    return next((question for question in questions if question.ref == at), questions[0])
