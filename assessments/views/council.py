"""A council's own page, and how it presents itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import Access, council_page
from assessments.conflicts import THEIRS, conflict_page
from assessments.forms.council import IdentityForm, SettingsForm
from assessments.forms.govuk import posted
from assessments.permissions import Permission
from assessments.presenters.council import CouncilHome
from assessments.presenters.settings import settings_clash
from assessments.presenters.settings_history import settings_history
from assessments.services.conflicts import StaleSave
from assessments.services.councils import change_logo, change_settings

A_YEAR = 365 * 24 * 3600


@require_safe
@council_page(Permission.ENTER)
def council(request: HttpRequest, access: Access) -> HttpResponse:
    home = CouncilHome(access, today=timezone.localdate())
    return render(request, "assessments/council.html", {"home": home, "current_nav": "home"})


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_COUNCIL)
def settings(request: HttpRequest, access: Access) -> HttpResponse:
    form = IdentityForm(access.council, posted(request), request.FILES or None)
    if not form.is_valid():
        return render(request, "assessments/settings.html", {"form": form})
    if form.changes_logo:
        change_logo(council=access.council, logo=form.cleaned_data["logo"], by=access.user)
    return saved_or_clash(request, access, form, saved=int(form.changes_logo))


def saved_or_clash(
    request: HttpRequest, access: Access, form: SettingsForm, *, saved: int = 0
) -> HttpResponse:
    """`saved`: how much of the same form has been saved already."""
    if request.POST.get("keep") == THEIRS:
        messages.success(request, "The settings stay as they are.")
        return redirect(request.path)
    mine, version = form.input, form.opened_at
    try:
        change_settings(council=access.council, version=version, change=mine, by=access.user)
    except StaleSave as stale:
        clash = settings_clash(stale.theirs, mine, form.labels)
        title = f"Settings of {stale.theirs}"
        return conflict_page(request, [clash], title=title, back=request.path, saved=saved)
    messages.success(request, "The council’s settings have been saved.")
    return redirect(request.path)


@require_safe
@council_page(Permission.MANAGE_COUNCIL)
def settings_changes(request: HttpRequest, access: Access) -> HttpResponse:
    days = settings_history(access.council)
    return render(request, "assessments/settings_history.html", {"days": days})


@require_safe
@council_page(Permission.ENTER)
def theme(request: HttpRequest, access: Access) -> HttpResponse:
    """The council's colour. The address carries the colour, so it may be kept for a year."""
    css = f":root{{--accent:{access.council.accent_colour};--accent-text:#ffffff}}\n"
    return kept(HttpResponse(css, content_type="text/css"))


@require_safe
@council_page(Permission.ENTER)
def logo(request: HttpRequest, access: Access) -> HttpResponse:
    """The address carries the file's name, so it may be kept for a year."""
    try:
        with access.council.logo.open() as file:
            response = HttpResponse(file.read(), content_type="image/png")
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    response["X-Content-Type-Options"] = "nosniff"
    return kept(response)


def kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
    return response
