"""Where editions are drafted: the site's desk for everybody's, a council's for its own.

The same pages stand below both, `/editions/…` and `/councils/<slug>/editions/…`; which of the
two a draft belongs to is asked here, once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from assessments.access import Access, View, admitted, council_access, unkept
from assessments.models import Council, EditionDraft, User
from assessments.permissions import Permission
from assessments.querysets import owned_toolkits, toolkits_of
from assessments.refusals import signed_out
from assessments.services import drafts
from assessments.services.drafts import DraftKey
from assessments.services.editions import DraftClosed
from benchmarks.models import ToolkitQuerySet

Params = ParamSpec("Params")


@dataclass(frozen=True)
class Desk:
    """`access`: the council's; None at the site's desk."""

    user: User
    access: Access | None = None

    @property
    def council(self) -> Council | None:
        return self.access.council if self.access else None

    @property
    def drafts(self) -> QuerySet[EditionDraft]:
        return EditionDraft.objects.filter(council=self.council).select_related("based_on")

    @property
    def toolkits(self) -> ToolkitQuerySet:
        """What may be copied."""
        return toolkits_of(self.council)

    @property
    def owned(self) -> ToolkitQuerySet:
        """What was, or could have been, published from here."""
        return owned_toolkits(self.council)

    def url(self, name: str, *args: object) -> str:
        if self.council:
            return reverse(f"councils:editions:{name}", args=[self.council.slug, *args])
        return reverse(f"editions:{name}", args=args)

    def draft_key(self, draft: EditionDraft, page: str) -> DraftKey:
        return DraftKey(self.user.pk, None, page, draft.pk)


DeskView = Callable[Concatenate[HttpRequest, Desk, Params], HttpResponseBase]
DraftView = Callable[Concatenate[HttpRequest, Desk, EditionDraft, Params], HttpResponseBase]


def desk_page(view: DeskView[Params]) -> View:
    """Give the view a `Desk`, a council's where the URL has its `slug`."""
    bare: View = view

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str = "", **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return signed_out(request)
        if slug:
            access = council_access(request.user, slug)
            return admitted(request, access, Permission.DRAFT_EDITION, None, at_council, **kwargs)
        if not request.user.is_site_administrator:
            raise PermissionDenied
        return unkept(bare(request, Desk(request.user), **kwargs))

    def at_council(request: HttpRequest, access: Access, **kwargs: Any) -> HttpResponseBase:
        return bare(request, Desk(access.user, access), **kwargs)

    return wrapper


def draft_page(view: DraftView[Params]) -> View:
    """Give the view a `Desk`, and the draft in place of the URL's `draft_id`."""
    bare: View = view

    def on_draft(
        request: HttpRequest, desk: Desk, draft_id: int, **kwargs: Any
    ) -> HttpResponseBase:
        draft = get_object_or_404(desk.drafts.select_related("published_as"), pk=draft_id)
        draft.council = desk.council
        try:
            return bare(request, desk, draft, **kwargs)
        except DraftClosed:
            kept = drafts.keep_by_token(request.POST)
            page = {"back": desk.url("list"), "draft": kept}
            return render(request, "assessments/edition_closed.html", page, status=409)

    wrapped: Any = wraps(view)(on_draft)
    return desk_page(wrapped)
