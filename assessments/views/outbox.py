"""What has been sent by e-mail: a page that production doesn’t have."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.access import site_page
from assessments.presenters.outbox import mails
from assessments.services.reminders import send_reminders


@require_safe
@site_page
def outbox(request: HttpRequest) -> HttpResponse:
    page = mails(request.GET.get("page"))
    return render(request, "assessments/outbox.html", {"page": page})


@require_POST
@site_page
def remind(request: HttpRequest) -> HttpResponse:
    sent = send_reminders(timezone.localdate())
    messages.success(request, f"{sent} reminder{'' if sent == 1 else 's'} written.")
    return redirect("outbox")
