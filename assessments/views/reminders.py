"""Ending weekly reminders from a link in them, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import reminders_page
from assessments.models import Council, User
from assessments.services.reminders import opt_in, opt_out


@csrf_exempt  # mail programs post here of themselves (RFC 8058); the token is what counts
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reminders_page
def reminders(request: HttpRequest, user: User, council: Council, token: str) -> HttpResponse:
    """Opening the link changes nothing: programs that look for harmful links open it, too."""
    if request.method == "POST":
        opt_out(user=user, council=council)
    return show(request, council, token, is_off=request.method == "POST")


@never_cache
@require_POST
@reminders_page
def resume(request: HttpRequest, user: User, council: Council, token: str) -> HttpResponse:
    opt_in(user=user, council=council)
    return show(request, council, token, is_on_again=True)


def show(request: HttpRequest, council: Council, token: str, **happened: bool) -> HttpResponse:
    """Its `council` isn't named so: that would open the council's own pages to the template."""
    context = {"of": council, "token": token, **happened}
    return render(request, "assessments/reminders.html", context)
