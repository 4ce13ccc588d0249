"""A committee pack on the measured cycle, and its pages."""

from django.urls import reverse

from assessments.models import Pack, Role, Snapshot
from tests.packs import finish, pack_on
from tests.performance.asking import looking
from tests.performance.pages import Page


def add_pack(snapshot: Snapshot) -> Pack:
    """Written, confirmed and verified."""
    lead = snapshot.council.members.get(memberships__role=Role.LEAD)
    return finish(pack_on(snapshot, lead), lead)


def pack_pages(pack: Pack) -> list[Page]:
    def look(name: str, route: str, *rest: object, aim: float | None = None) -> Page:
        address = reverse(f"councils:{route}", args=[pack.council.slug, pack.pk, *rest])
        return Page(name, looking(address), aim)

    return [
        look("Pack builder", "pack"),
        look("Section of a pack", "pack_section", "background"),
        look("Public page of a pack", "public_page"),
        look("Release check", "release_check", aim=4),
        look("Files of a pack", "pack_files", aim=4),
        look("History of a pack", "pack_history"),
    ]
