"""What has been typed and not saved yet, kept for the person who typed it."""

from django.core import signing
from django.http import QueryDict
from django.utils import timezone

from assessments.models import Cycle, Draft, User

SALT = "prevent-toolkit.draft"
MAX_AGE = 7 * 24 * 3600
NOT_TEXT = {"csrfmiddlewaretoken", "draft_token", "return_to", "autosave_sequence"}

DraftData = dict[str, list[str]]


def draft_token(user: User, cycle: Cycle, page: str) -> str:
    """Stands in the page's form: lets it keep this draft, and do nothing else, for a week
    even when the person has been signed out meanwhile."""
    return signing.dumps([user.pk, cycle.pk, page], salt=SALT)


def typed_data(post: QueryDict) -> DraftData:
    """The form's fields. PostgreSQL's JSON can't hold NUL, which nobody types."""
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in post.lists()
        if name not in NOT_TEXT
    }


def as_posted(draft: Draft) -> QueryDict:
    """The draft as the form data it was."""
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data


def keep(*, user: User, cycle: Cycle, page: str, data: QueryDict) -> Draft:
    """Keep the typed fields as the person's only draft of the page. One query."""
    return keep_for(user.pk, cycle.pk, page, data)


def keep_for(user_id: int, cycle_id: int, page: str, data: QueryDict) -> Draft:
    draft = Draft(
        user_id=user_id,
        cycle_id=cycle_id,
        page=page,
        data=typed_data(data),
        saved_at=timezone.now(),
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["user", "cycle", "page"],
        update_fields=["data", "saved_at"],
    )
    return draft


def keep_signed_out_draft(post: QueryDict) -> Draft | None:
    """Keep what a person posted after their session ended; None without a valid token."""
    try:
        user_id, cycle_id, page = signing.loads(
            post.get("draft_token", ""), salt=SALT, max_age=MAX_AGE
        )
    except signing.BadSignature:
        return None
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        return None
    if not Cycle.objects.filter(pk=cycle_id).exists():
        return None
    return keep_for(user_id, cycle_id, page, post)


def draft_for(*, user: User, cycle: Cycle, page: str) -> Draft | None:
    return Draft.objects.filter(user=user, cycle=cycle, page=page).first()


def discard_draft(*, user: User, cycle: Cycle, page: str) -> None:
    Draft.objects.filter(user=user, cycle=cycle, page=page).delete()
