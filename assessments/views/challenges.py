"""Challenges: asked by a reviewer, answered by the council's officers, resolved."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.forms.govuk import posted
from assessments.forms.review import ChallengeForm, ReplyForm
from assessments.models import Challenge
from assessments.permissions import Permission
from assessments.presenters.challenges import concern_of, conversations, prompted_by
from assessments.services.challenges import raise_challenge
from assessments.services.challenges import reply as add_reply
from assessments.services.challenges import resolve as resolve_challenge

PER_PAGE = 25


@require_safe
@cycle_page(Permission.READ)
def challenges(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    pages = Paginator(conversations(access.cycle), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request, "assessments/challenges.html", {"challenges": page.object_list, "page_obj": page}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.CHALLENGE)
def add_challenge(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    """`?benchmark=7`, `?question=7.1` or `?action=12` choose what it is about beforehand."""
    form = ChallengeForm(
        posted(request),
        initial=prompted_by(request.GET),
        members=list(access.council.memberships.select_related("user")),
        cycle=access.cycle,
    )
    if not (form.is_bound and form.is_valid()):
        return render(request, "assessments/add_challenge.html", {"form": form})
    challenge = raise_challenge(
        cycle=access.cycle,
        concern=concern_of(access.cycle, form.cleaned_data["about"]),
        text=form.cleaned_data["text"],
        sensitivity=form.cleaned_data["sensitivity"],
        addressed_to=form.cleaned_data["addressed_to"],
        by=access.user,
    )
    messages.success(request, "Asked. It stands first on the page of whoever is to answer.")
    return to_challenge(access, challenge)


@require_safe
@cycle_page(Permission.READ)
def challenge(request: HttpRequest, access: CycleAccess, challenge_id: int) -> HttpResponse:
    found = find(access, challenge_id)
    return show(request, access, found, ReplyForm())


@require_POST
@cycle_page(Permission.REPLY)
def reply(request: HttpRequest, access: CycleAccess, challenge_id: int) -> HttpResponse:
    found = find(access, challenge_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show(request, access, found, form)
    typed = form.cleaned_data
    try:
        add_reply(
            challenge=found, text=typed["text"], sensitivity=typed["sensitivity"], by=access.user
        )
    except ValidationError as error:
        form.add_error(None, error)
        return show(request, access, found, form)
    messages.success(request, "Your reply has been added.")
    return to_challenge(access, found)


@require_POST
@cycle_page(Permission.CHALLENGE)
def resolve(request: HttpRequest, access: CycleAccess, challenge_id: int) -> HttpResponse:
    found = find(access, challenge_id)
    try:
        resolve_challenge(challenge=found, by=access.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Resolved.")
    return to_challenge(access, found)


def find(access: CycleAccess, challenge_id: int) -> Challenge:
    return get_object_or_404(conversations(access.cycle), pk=challenge_id)


def show(
    request: HttpRequest, access: CycleAccess, found: Challenge, form: ReplyForm
) -> HttpResponse:
    """The form where a reply may be given, and always where one has just been typed."""
    may_reply = access.can(Permission.REPLY) and found.state != Challenge.State.RESOLVED
    context = {"challenge": found, "form": form if may_reply or form.is_bound else None}
    return render(request, "assessments/challenge.html", context)


def to_challenge(access: CycleAccess, challenge: Challenge) -> HttpResponse:
    return redirect("councils:challenge", access.council.slug, access.cycle.pk, challenge.pk)
