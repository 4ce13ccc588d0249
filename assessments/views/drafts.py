"""Drafts of the small forms: actions, progress updates, evidence documents."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from assessments.access import CycleAccess, cycle_page
from assessments.permissions import Permission
from assessments.services import drafts
from assessments.services.drafts import DraftKey

PAGE = re.compile(r"\A(add-action|add-document|action|update|document):[0-9a-z.]{1,20}\Z")


def draft_key(access: CycleAccess, page: str) -> DraftKey:
    if not PAGE.match(page):
        raise Http404
    return DraftKey(access.user.pk, access.cycle.pk, page)


@require_POST
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def draft(request: HttpRequest, access: CycleAccess, page: str) -> HttpResponse:
    """Keep what is typed; answers with the time. One query beyond access."""
    kept = drafts.keep(draft_key(access, page), request.POST)
    return JsonResponse({"saved_at": timezone.localtime(kept.saved_at).strftime("%H:%M")})


@require_POST
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def discard_draft(request: HttpRequest, access: CycleAccess, page: str) -> HttpResponse:
    drafts.discard(draft_key(access, page))
    messages.success(request, "Your draft has been discarded.")
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("councils:cycle", access.council.slug, access.cycle.pk)
