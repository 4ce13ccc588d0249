"""The council and the cycle from the URL, resolved once, closed unless opened here.

A stranger gets 404: they learn nothing, not even that the council is here. A member whose
role doesn't reach gets 403. What a signed-out person posted is kept as their draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from assessments.links import read_reminders_token
from assessments.models import (
    CalendarFeed,
    Council,
    Cycle,
    Membership,
    Pack,
    QuestionAssessment,
    Role,
    Stage,
    User,
)
from assessments.permissions import Permission, can
from assessments.querysets import CouncilQuerySet, toolkits_open_to
from assessments.refusals import Removed, closed, removed, signed_out
from assessments.services.locks import CycleClosed
from benchmarks.models import Toolkit, ToolkitQuerySet

Params = ParamSpec("Params")


@dataclass(frozen=True)
class Access:
    """Who is asking, in which council, in what role (None: a site administrator only)."""

    user: User
    council: Council
    role: Role | None

    def can(self, permission: Permission) -> bool:
        return can(self.role, permission, site_administrator=self.user.is_site_administrator)

    def require(self, permission: Permission) -> None:
        if not self.can(permission):
            raise PermissionDenied

    @cached_property
    def may(self) -> dict[str, bool]:
        """For templates: `access.may.start_cycle`."""
        return {permission.value: self.can(permission) for permission in Permission}

    def may_answer(self, assessment: QuestionAssessment) -> bool:
        """Any question for a lead; for a contributor those assigned to them."""
        return self.can(Permission.ANSWER_ANY) or (
            self.can(Permission.ANSWER_ASSIGNED) and assessment.assignee_id == self.user.pk
        )


@dataclass(frozen=True)
class CycleAccess(Access):
    cycle: Cycle

    @property
    def may_judge(self) -> bool:
        """A lead; and the board, with its reason, while it has the cycle in review."""
        return self.can(Permission.JUDGE) or self.judges_for_the_board

    @property
    def judges_for_the_board(self) -> bool:
        in_review = self.cycle.stage == Stage.IN_REVIEW
        return in_review and self.can(Permission.CHALLENGE) and not self.can(Permission.JUDGE)


@dataclass(frozen=True)
class PackAccess(Access):
    pack: Pack


CouncilView = Callable[Concatenate[HttpRequest, Access, Params], HttpResponseBase]
CycleView = Callable[Concatenate[HttpRequest, CycleAccess, Params], HttpResponseBase]
PackView = Callable[Concatenate[HttpRequest, PackAccess, Params], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def council_page(
    permission: Permission, *, post: Permission | None = None
) -> Callable[[CouncilView[Params]], View]:
    """Give the view an `Access` in place of the URL's `slug`. `post`: what a POST needs."""

    def decorate(view: CouncilView[Params]) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return signed_out(request)
            access = council_access(request.user, slug)
            return admitted(request, access, permission, post, view, **kwargs)

        return wrapper

    return decorate


def cycle_page(
    permission: Permission, *, post: Permission | None = None
) -> Callable[[CycleView[Params]], View]:
    """Give the view a `CycleAccess` in place of the URL's `slug` and `cycle_id`."""

    def decorate(view: CycleView[Params]) -> View:
        @wraps(view)
        def wrapper(
            request: HttpRequest, slug: str, cycle_id: int, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return signed_out(request)
            access = cycle_access(request.user, slug, cycle_id)
            try:
                return admitted(request, access, permission, post, view, **kwargs)
            except CycleClosed:
                return closed(request)
            except Removed as gone:
                return removed(request, access.user, access.cycle, gone)

        return wrapper

    return decorate


def pack_page(
    permission: Permission, *, post: Permission | None = None
) -> Callable[[PackView[Params]], View]:
    """Give the view a `PackAccess` in place of the URL's `slug` and `pack_id`."""

    def decorate(view: PackView[Params]) -> View:
        @wraps(view)
        def wrapper(
            request: HttpRequest, slug: str, pack_id: int, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return signed_out(request)
            access = pack_access(request.user, slug, pack_id)
            return admitted(request, access, permission, post, view, **kwargs)

        return wrapper

    return decorate


def feed_page(view: View) -> View:
    """For calendars, which can't sign in: an `Access` in place of the URL's `token`, as long as
    the person whose address it is may read what the council writes."""

    @wraps(view)
    def wrapper(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        feeds = CalendarFeed.objects.filter(revoked_at=None, user__is_active=True)
        feed = get_object_or_404(feeds.select_related("user", "council"), token=token)
        membership = get_object_or_404(feed.council.memberships, user=feed.user)
        access = Access(feed.user, feed.council, Role(membership.role))
        if not access.can(Permission.READ):
            raise Http404
        return view(request, access, **kwargs)

    return wrapper


def reminders_page(view: View) -> View:
    """For links in e-mail: the `user` and `council` of the URL's signed `token`."""

    @wraps(view)
    def wrapper(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        named = read_reminders_token(token)
        if named is None:
            raise Http404
        user = get_object_or_404(User, pk=named[0])
        council = get_object_or_404(Council, pk=named[1])
        return view(request, user=user, council=council, token=token, **kwargs)

    return wrapper


def signed_in_page(view: View) -> View:
    """For everybody who has signed in; it belongs to no council."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return signed_out(request)
        return unkept(view(request, **kwargs))

    return wrapper


def site_page(view: View) -> View:
    """For site administrators alone; it belongs to no council."""

    @signed_in_page
    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not (isinstance(request.user, User) and request.user.is_site_administrator):
            raise PermissionDenied
        return view(request, **kwargs)

    return wrapper


def admitted(
    request: HttpRequest,
    access: Access,
    permission: Permission,
    post: Permission | None,
    view: View,
    **kwargs: Any,
) -> HttpResponseBase:
    request.access = access  # type: ignore[attr-defined]
    access.require(permission)
    if post and request.method == "POST":
        access.require(post)
    return unkept(view(request, access, **kwargs))


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """Or the back button would show a council's texts after signing out."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_store=True)
    return response


def councils_open_to(user: User) -> CouncilQuerySet:
    """Where `council_access` lets the person in."""
    return Council.objects.for_user(user)


def toolkits_of_person(request: HttpRequest) -> ToolkitQuerySet:
    """What the signed-in person may read: everybody's, and those of their councils."""
    user = request.user
    return toolkits_open_to(user) if isinstance(user, User) else Toolkit.objects.none()


def council_access(user: User, slug: str) -> Access:
    """One query; two for a site administrator who is no member."""
    membership = (
        Membership.objects.select_related("council").filter(council__slug=slug, user=user).first()
    )
    if membership:
        return Access(user, membership.council, Role(membership.role))
    if user.is_site_administrator:
        return Access(user, get_object_or_404(Council, slug=slug), None)
    raise Http404


def cycle_access(user: User, slug: str, cycle_id: int) -> CycleAccess:
    access = council_access(user, slug)
    cycles = access.council.cycles.select_related("toolkit", "scale")
    cycle = get_object_or_404(cycles, pk=cycle_id)
    cycle.council = access.council
    return CycleAccess(access.user, access.council, access.role, cycle)


def pack_access(user: User, slug: str, pack_id: int) -> PackAccess:
    """Without the content of the pack's snapshot, which is long."""
    access = council_access(user, slug)
    packs = access.council.packs.select_related("snapshot__cycle").defer("snapshot__content")
    pack = get_object_or_404(packs, pk=pack_id)
    pack.council = access.council
    return PackAccess(access.user, access.council, access.role, pack)


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `access` and `council` on every page of a council."""
    access = getattr(request, "access", None)
    return {"access": access, "council": access.council} if access else {}
