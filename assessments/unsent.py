"""A form sent after the session had ended: kept in the new session until its writer, signed in
again, sends it on.

For all forms that have no draft. The form says who it was shown to, signed, so that nobody else
can leave anything here, and nobody else reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from assessments.models import User
from assessments.services.drafts import MAX_AGE, typed_data

SALT = "prevent-toolkit.unsent"
FIELD = "shown_to"
KEPT = "unsent"  # in the session
UNSAID = {FIELD, "version"}


@dataclass(frozen=True)
class Unsent:
    """`path`: where it goes; `back`: the page that held it; `data`: name → values."""

    path: str
    back: str
    data: Mapping[str, list[str]]
    had_files: bool

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.data.items() for value in values]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What was typed and chosen, under the name of its field; the parts of a date as one."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            label = name.rpartition("-")[2].rstrip("_0123456789")
            if value.strip() and label and label not in UNSAID:
                found.setdefault(label.replace("_", " ").capitalize(), []).append(value)
        return [(label, "\n".join(values)) for label, values in found.items()]


def keep(request: HttpRequest) -> bool:
    """Whether there was anything of somebody's to keep."""
    try:
        shown_to = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    request.session[KEPT] = {
        "shown_to": shown_to,
        "path": request.get_full_path(),
        "back": page_of(request),
        "data": {name: each for name, each in typed_data(request.POST).items() if name != FIELD},
        "had_files": bool(request.FILES),
    }
    return True


def page_of(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()})
    return referer if ours else "/"


def find(request: HttpRequest) -> Unsent | None:
    kept: dict[str, Any] = dict(request.session.get(KEPT) or {})
    if kept.pop("shown_to", None) != request.user.pk:
        return None
    return Unsent(**kept)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shown_to`, the hidden field of forms without a draft."""
    return {FIELD: partial(hidden_field, request)}


def hidden_field(request: HttpRequest) -> SafeString | str:
    if not isinstance(request.user, User):
        return ""
    token = signing.dumps(request.user.pk, salt=SALT)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, token)
