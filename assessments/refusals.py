"""What cannot be done now: it says so, and keeps what was typed."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from assessments import unsent
from assessments.models import Cycle, User
from assessments.services import drafts


class Removed(Http404):
    """Somebody has removed what a page was about. `pages`: the drafts that a person may have
    typed about it."""

    def __init__(self, *pages: str) -> None:
        super().__init__()
        self.pages = pages


def signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; from a POST, back to the page that held the form."""
    back = request.get_full_path()
    if request.method == "POST":
        is_kept = drafts.keep_by_token(request.POST) is not None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"message": "You are signed out."}, status=401)
        back = request.POST.get("return_to") or request.path
        if not is_kept and unsent.keep(request):
            is_kept, back = True, reverse("unsent")
        if is_kept:
            messages.info(request, "You were signed out. Sign in to go on: what you typed is kept.")
    response = redirect_to_login(back)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(response.url)  # else it would open within the page
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """The cycle was signed off while the form was open: its text is kept as a draft."""
    draft = drafts.keep_by_token(request.POST)
    response = render(request, "assessments/closed.html", {"draft": draft}, status=409)
    return over_the_page(request, response)


def removed(request: HttpRequest, user: User, cycle: Cycle, gone: Removed) -> HttpResponse:
    """With what the person typed about it, now or earlier; raises Http404 where that is nothing."""
    drafts.keep_by_token(request.POST)
    kept = drafts.find_all(user, cycle, gone.pages)
    if not kept:
        raise gone
    response = render(request, "assessments/removed.html", {"drafts": kept}, status=410)
    return over_the_page(request, response)


def over_the_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """In place of everything, where htmx would put it into a part of the page."""
    if request.htmx:  # type: ignore[attr-defined]
        response.status_code = 200  # htmx shows no other
        response["HX-Retarget"] = response["HX-Reselect"] = "#main-content"
        response["HX-Reswap"] = "outerHTML"
    return response
