"""An instrument of a council's own: drafted, completed with invented statements, published."""

from collections.abc import Iterator
from functools import partial

from assessments.demo.dating import at
from assessments.demo.events import Event
from assessments.demo.reading import Fields
from assessments.drafted import Drafted
from assessments.instruments import prepared
from assessments.models import Council, EditionDraft
from assessments.services.edition_parts import save_part
from assessments.services.editions import publish_draft, start_draft


def instrument_events(council: Council, written: Fields) -> Iterator[Event]:
    moment = at(written["drafted on"])
    yield Event(moment, partial(publish_instrument, council, written))


def publish_instrument(council: Council, written: Fields) -> None:
    """As its lead does on the pages of the draft."""
    lead = council.members.get(email=written["year"]["written by"])
    found = next(each for each in prepared() if each.name == written["instrument"])
    draft = start_draft(council=council, document=found.document, by=lead)
    EditionDraft.objects.filter(pk=draft.pk).update(created_at=at(written["drafted on"]))
    parts = Drafted(draft.parts.all())
    changes = [(parts.about, written["about"])]
    changes += [(e, {"prompts": written["statements"][e.content["ref"]]}) for e in parts.questions]
    for part, said in changes:
        save_part(part=part, version=part.version, content={**part.content, **said}, by=lead)
    publish_draft(draft=draft, by=lead)
