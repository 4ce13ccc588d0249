"""Drafts of editions, made and completed as tests need them."""

from typing import Any

from assessments.drafted import Drafted
from assessments.instruments import prepared
from assessments.models import Council, DraftPart, EditionDraft, User
from assessments.services.edition_parts import save_part
from assessments.services.editions import copy_of, publish_draft, start_draft
from benchmarks.models import Toolkit

STATEMENTS = [4, 3, 5, 13, 5]  # of the five areas, in the form of 2023
FACTS = {
    "publisher": "Home Office",
    "issued_on": "2023-04-01",
    "licence": "None",
    "attribution": "The council’s own form.",
}


def a_copy(toolkit: Toolkit, by: User, council: Council | None = None, **options: Any) -> Any:
    document = copy_of(toolkit)
    return start_draft(council=council, document=document, by=by, based_on=toolkit, **options)


def drafted(draft: EditionDraft) -> Drafted:
    return Drafted(draft.parts.all())


def question(draft: EditionDraft, ref: str) -> DraftPart:
    return next(each for each in drafted(draft).questions if each.content["ref"] == ref)


def change(part: DraftPart, by: User, **content: Any) -> DraftPart:
    return save_part(part=part, version=part.version, content={**part.content, **content}, by=by)


def channel_draft(council: Council, by: User) -> EditionDraft:
    return start_draft(council=council, document=prepared()[0].document, by=by)


def channel_toolkit(council: Council, by: User) -> Toolkit:
    """Completed with as many statements as the form of 2023 had, in no official words."""
    draft = channel_draft(council, by)
    change(drafted(draft).about, by, **FACTS)
    for part, count in zip(drafted(draft).questions, STATEMENTS, strict=True):
        prompts = [f"Statement {number} of {count}" for number in range(1, count + 1)]
        change(part, by, prompts=prompts)
    return publish_draft(draft=draft, by=by)
