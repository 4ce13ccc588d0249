"""A pack and the snapshots that are signed after it was begun."""

from assessments.models import (
    CouncilToolkit,
    Pack,
    PackVersion,
    User,
)
from assessments.services import release
from assessments.services.cycles import start_cycle
from tests.cast import SignIn
from tests.packs import content_of, freeze_now, held_back_by, requested, url
from tests.small_toolkit import make_small_toolkit


def test_a_pack_stays_on_its_snapshot_until_somebody_moves_it(
    as_: SignIn, ready: Pack, version: PackVersion, lead: User, publisher: User, chair: User
):
    """The next one, signed meanwhile, is named and changes nothing; moving to it asks for every
    block and every text that began from the old one."""
    cycle = ready.snapshot.cycle
    cycle.benchmarks.update(comments="Only in the second.")
    cycle.revision = 2
    second = freeze_now(cycle, chair)
    assert "Only in the second." not in content_of(version, "html")
    check = as_(publisher).get(url("release_check", ready)).content.decode()
    assert f"Snapshot {second.number} (2025/26) has been signed off since" in check
    release.release(pack=ready, version=version, by=publisher)
    begun = set(ready.parts.exclude(snapshot=None).values_list("pk", flat=True))
    as_(lead).post(url("use_latest_snapshot", ready))
    waiting = set(ready.parts.filter(to_confirm=True).values_list("pk", flat=True))
    assert waiting == begun
    assert {"text", "ratings"} <= set(
        ready.parts.filter(pk__in=begun).values_list("kind", flat=True)
    )
    moved = Pack.objects.get(pk=ready.pk)
    assert any("still to be confirmed" in words for words in held_back_by(moved))
    assert "Only in the second." in content_of(requested(moved, lead, is_draft=True), "html")


def test_a_snapshot_of_another_instrument_is_not_offered(
    as_: SignIn, ready: Pack, lead: User, chair: User
):
    own = make_small_toolkit("channel")
    CouncilToolkit.objects.create(toolkit=own, council=ready.council)
    other = start_cycle(
        council=ready.council,
        toolkit=own,
        scale=own.scales.get(slug="rag"),
        period="2026",
        as_at=ready.snapshot.cycle.as_at,
        closes_on=None,
        by=lead,
    )
    freeze_now(other, chair)
    assert "Use snapshot" not in as_(lead).get(url("pack", ready)).content.decode()
    as_(lead).post(url("use_latest_snapshot", ready))
    assert Pack.objects.get(pk=ready.pk).snapshot == ready.snapshot
