"""Drafting an edition and publishing it: a toolkit for everybody, or one council's own."""

import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from assessments.drafted import Drafted, Entry, entries_of
from assessments.models import Council, CouncilToolkit, DraftPart, EditionDraft, User
from assessments.querysets import owned_toolkits
from assessments.services.history import create_rows, written_by
from benchmarks.editions.checking import Document
from benchmarks.editions.problems import EditionError
from benchmarks.editions.storing import as_document, load
from benchmarks.models import Toolkit

LONGEST_SLUG = 60
BLANK: Document = {
    "feeds": [],
    "roll_up": {
        "rule": "worst",
        "categories": ["expectation"],
        "otherwise": ["good_practice"],
        "says": "The suggested rating is the lowest one given.",
    },
}


class DraftClosed(Exception):
    """The edition has been published, or its draft discarded: nothing in it changes now."""


@transaction.atomic
def start_draft(
    *,
    council: Council | None,
    document: Document,
    by: User,
    based_on: Toolkit | None = None,
    corrects: bool = False,
) -> EditionDraft:
    """A draft that begins with the document, whole or not."""
    document = {**BLANK, **document, "slug": free_slug(document.get("slug", ""), council)}
    if based_on and corrects:
        document["corrects"] = based_on.slug
    draft = written_by(EditionDraft(council=council, based_on=based_on), by)
    draft.save()
    add_entries(draft, entries_of(document), by)
    return draft


def copy_of(toolkit: Toolkit) -> Document:
    """What a new edition begins with; it corrects nothing yet. Seven queries."""
    document = as_document(Toolkit.objects.with_contents().get(pk=toolkit.pk))
    document.pop("corrects", None)
    return document


def add_entries(draft: EditionDraft, entries: Iterable[Entry], by: User) -> None:
    entries = list(entries)
    rows = [new_part(draft, entry, position) for position, entry in enumerate(entries, start=1)]
    create_rows(rows, by)
    children = [
        new_part(draft, child, position, parent)
        for parent, entry in zip(rows, entries, strict=True)
        for position, child in enumerate(entry.children, start=1)
    ]
    create_rows(children, by)


def new_part(
    draft: EditionDraft, entry: Entry, position: int, parent: DraftPart | None = None
) -> DraftPart:
    return DraftPart(
        draft=draft, kind=entry.kind, parent=parent, position=position, content=entry.content
    )


def free_slug(wanted: str, council: Council | None) -> str:
    """The first of wanted, wanted-2, wanted-3 … that no toolkit has; a council's own begins
    with the council's."""
    if council and not wanted.startswith(f"{council.slug}-"):
        wanted = "-".join(part for part in (council.slug, wanted) if part)
    if not wanted:
        return ""
    stem = re.sub(r"-\d{1,3}\Z", "", wanted) if is_taken(wanted) else wanted
    tries = [wanted, *(f"{stem[: LONGEST_SLUG - 4].rstrip('-')}-{n}" for n in range(2, 1000))]
    return next(slug[:LONGEST_SLUG].rstrip("-") for slug in tries if not is_taken(slug))


def is_taken(slug: str) -> bool:
    return Toolkit.objects.filter(slug=slug).exists()


def taken(slug: str) -> str:
    return f"the short name “{slug}” is already taken"


def lock_draft(draft_id: int) -> EditionDraft:
    """Until the transaction ends; raises DraftClosed. One query."""
    drafts = EditionDraft.objects.select_for_update(no_key=True)
    draft = drafts.filter(pk=draft_id, published_as=None).first()
    if draft is None:
        raise DraftClosed
    return draft


@transaction.atomic
def publish_draft(*, draft: EditionDraft, by: User) -> Toolkit:
    """From now on it is a toolkit like any other, and never changes. Raises DraftClosed, and
    EditionError while there are problems."""
    draft = lock_draft(draft.pk)
    drafted = Drafted(draft.parts.all())
    found = [problem.in_file("the draft") for _, problem in drafted.problems()]
    found += [says for _, says in ownership_problems(draft, drafted)]
    if found:
        raise EditionError(found)
    draft.published_as = stored(drafted.document, draft.council)
    written_by(draft, by).save()
    return draft.published_as


def stored(document: Document, council: Council | None) -> Toolkit:
    """Raises EditionError where another one has been published under its short name meanwhile,
    at this very instant too."""
    refusal = EditionError([taken(document["slug"])])
    try:
        with transaction.atomic():
            toolkit, is_new = load([document])[0]
    except (IntegrityError, EditionError) as error:
        if is_taken(document["slug"]):
            raise refusal from error
        raise
    if not is_new:
        raise refusal
    if council:
        CouncilToolkit.objects.create(toolkit=toolkit, council=council)
    return toolkit


def ownership_problems(draft: EditionDraft, drafted: Drafted) -> Iterable[tuple[DraftPart, str]]:
    """What keeps its short name or what it corrects from being accepted. Two queries."""
    about = drafted.about
    slug, corrects = about.content.get("slug", ""), about.content.get("corrects")
    if draft.council and not slug.startswith(f"{draft.council.slug}-"):
        yield about, f"the short name must start with “{draft.council.slug}-”"
    elif slug and is_taken(slug):
        yield about, taken(slug)
    if corrects and not owned_toolkits(draft.council).filter(slug=corrects).exists():
        yield about, f"“{corrects}” is not a toolkit that this one can correct"


@transaction.atomic
def discard_draft(*, draft: EditionDraft, by: User) -> None:
    """Its history stays. Raises DraftClosed."""
    draft = lock_draft(draft.pk)
    for part in draft.parts.exclude(parent=None):
        written_by(part, by).delete()
    for part in draft.parts.all():
        written_by(part, by).delete()
    written_by(draft, by).delete()
