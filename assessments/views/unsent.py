"""What somebody sent after their session had ended."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from assessments import unsent as kept


@require_http_methods(["GET", "POST"])
@login_required
def unsent(request: HttpRequest) -> HttpResponse:
    """Sends it on to where it was going, as it was."""
    found = kept.find(request)
    if request.method == "POST" and found:
        kept.forget(request)
        return redirect(found.path, preserve_request=True)
    response = render(request, "assessments/unsent.html", {"unsent": found})
    patch_cache_control(response, private=True, no_store=True)
    return response
