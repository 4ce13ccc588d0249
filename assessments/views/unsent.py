"""What somebody sent after their session had ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments import unsent as kept
from assessments.access import signed_in_page


@require_http_methods(["GET", "POST"])
@signed_in_page
def unsent(request: HttpRequest) -> HttpResponse:
    """Sends it on to where it was going, as it was."""
    found = kept.find(request)
    if request.method == "POST" and found:
        kept.forget(request)
        return redirect(found.path, preserve_request=True)
    return render(request, "assessments/unsent.html", {"unsent": found})
