"""What has been typed and not saved yet, kept for the person who typed it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core import signing
from django.http import QueryDict
from django.utils import timezone

from assessments.models import Cycle, Draft, EditionDraft, User
from assessments.prepared import Prepared

SALT = "prevent-toolkit.draft"
MAX_AGE = 7 * 24 * 3600
NOT_TEXT = {"csrfmiddlewaretoken", "draft_token", "return_to", "autosave_sequence"}


class DraftKey(NamedTuple):
    """Whose draft of which page; pages are named like `question:7.1` and `benchmark:3`.

    Pages of an edition that is drafted belong to no cycle."""

    user_id: int
    cycle_id: int | None
    page: str
    edition_id: int | None = None

    @property
    def place(self) -> str:
        return "cycle" if self.edition_id is None else "edition"

    @property
    def token(self) -> str:
        """Stands in the page's form as `draft_token`: lets it keep this draft, and do nothing
        else, for a week even when the person has been signed out meanwhile."""
        return signing.dumps(self, salt=SALT)


def keep(key: DraftKey, data: QueryDict) -> Draft:
    """Keep the typed fields as the person's only draft of the page. One query."""
    draft = Draft(**key._asdict(), data=typed_data(data), saved_at=timezone.now())
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["user", key.place, "page"],
        update_fields=["data", "saved_at"],
    )
    return draft


DRAFT = Prepared(lambda user, cycle, page: Draft.objects.filter(user=user, cycle=cycle, page=page))


def find(key: DraftKey) -> Draft | None:
    if key.cycle_id is None:
        return Draft.objects.filter(**key._asdict()).first()
    return next(iter(DRAFT(key.user_id, key.cycle_id, key.page)), None)


def find_all(user: User, cycle: Cycle, pages: Iterable[str]) -> list[Draft]:
    return list(Draft.objects.filter(user=user, cycle=cycle, page__in=pages))


def discard(key: DraftKey) -> None:
    Draft.objects.filter(**key._asdict()).delete()


def as_posted(draft: Draft) -> QueryDict:
    """The draft as the form data it was."""
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data


def typed_data(post: QueryDict) -> dict[str, list[str]]:
    """The form's fields. PostgreSQL's JSON can't hold NUL, which nobody types."""
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in post.lists()
        if name not in NOT_TEXT
    }


def keep_by_token(post: QueryDict) -> Draft | None:
    """Keep what a form holds that can't be saved now; None without a valid token."""
    try:
        token = post.get("draft_token", "")
        key = DraftKey(*signing.loads(token, salt=SALT, max_age=MAX_AGE))
    except signing.BadSignature:
        return None
    if not User.objects.filter(pk=key.user_id, is_active=True).exists():
        return None
    return keep(key, post) if is_there(key) else None


def is_there(key: DraftKey) -> bool:
    """Whether what the page belongs to hasn't been removed meanwhile."""
    if key.edition_id is None:
        return Cycle.objects.filter(pk=key.cycle_id or 0).exists()
    return EditionDraft.objects.filter(pk=key.edition_id).exists()
