"""Due dates in a person's own calendar: the address of a feed, and the feed itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments.access import Access, council_page, feed_page
from assessments.exports.calendar import render_calendar
from assessments.links import absolute
from assessments.permissions import Permission
from assessments.presenters.calendar import due_dates_of
from assessments.services.calendars import make_feed, revoke_feed


@require_safe
@council_page(Permission.READ)
def calendar(request: HttpRequest, access: Access) -> HttpResponse:
    feeds = access.user.calendar_feeds.filter(council=access.council, revoked_at=None)
    feed = feeds.first()
    context = {
        "feed": feed,
        "address": absolute("calendar_feed", feed.token) if feed else "",
        "current_nav": "actions",
    }
    return render(request, "assessments/calendar.html", context)


@require_POST
@council_page(Permission.READ)
def make(request: HttpRequest, access: Access) -> HttpResponse:
    make_feed(council=access.council, by=access.user)
    messages.success(request, "Here is your new address. Any earlier one has stopped working.")
    return redirect("councils:calendar", access.council.slug)


@require_POST
@council_page(Permission.READ)
def revoke(request: HttpRequest, access: Access) -> HttpResponse:
    revoke_feed(council=access.council, by=access.user)
    messages.success(request, "Your address has stopped working.")
    return redirect("councils:calendar", access.council.slug)


@require_safe
@never_cache
@feed_page
def feed(request: HttpRequest, access: Access) -> HttpResponse:
    content = render_calendar(access.council.name, due_dates_of(access.council))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'inline; filename="prevent-actions.ics"'
    return response
