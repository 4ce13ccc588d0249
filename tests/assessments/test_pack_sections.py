"""Writing a pack's sections: nothing typed is lost, nothing suggested counts as written."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Draft, Pack, PackPart, PackSection, PartKind, Snapshot, User
from assessments.services import pack_sections as services
from assessments.services.conflicts import StaleSave
from assessments.services.pack_sections import PartInput, Verification
from tests.cast import SignIn
from tests.packs import freeze_now, section

DAY = datetime.date(2026, 2, 9)


def url(name: str, pack: Pack, *arguments: Any) -> str:
    return reverse(f"councils:{name}", args=[pack.council.slug, pack.pk, *arguments])


def form_of(*parts: PackPart, **changes: str) -> dict[str, str]:
    """What the section's form posts with these changes to its first part."""
    data: dict[str, str] = {}
    for part in parts:
        data |= {
            f"part-{part.pk}-text": part.text,
            f"part-{part.pk}-sensitivity": part.sensitivity,
            f"part-{part.pk}-version": str(part.version),
        }
    return data | {f"part-{parts[0].pk}-{name}": value for name, value in changes.items()}


@pytest.fixture
def summary(pack: Pack) -> PackSection:
    return section(pack, "executive-summary")


@pytest.fixture
def legal(pack: Pack, lead: User) -> PackSection:
    """Written and verified."""
    found = section(pack, "legal")
    part = services.add_part(section=found, kind=PartKind.TEXT, by=lead)
    save(found, part, "No new duties.", lead)
    found.refresh_from_db()
    said = Verification("", "Lou Lawyer, Principal Lawyer", DAY)
    return services.verify(section=found, version=found.version, verification=said, by=lead)


def save(found: PackSection, part: PackPart, text: str, by: User) -> services.PartsSave:
    typed = PartInput(part.pk, part.version, text, "public")
    return services.save_parts(section=found, parts=[typed], by=by)


def test_a_pack_begins_with_words_and_blocks_that_wait_for_a_person(pack: Pack):
    parts = PackPart.objects.filter(section__pack=pack)
    kinds = set(parts.values_list("kind", flat=True))
    assert kinds == set(PartKind.values) - {PartKind.SCORES}
    assert parts.exclude(to_confirm=True).count() == 0
    assert parts.filter(section__key="executive-summary").get().text.startswith("This report")


def test_the_commissioner_comment_is_there_only_where_the_council_has_one(pack: Pack):
    keys = list(pack.sections.values_list("key", flat=True))
    assert keys[:3] == ["executive-summary", "recommendations", "background"]
    assert keys[-1] == "appendices"


def test_saving_a_part_confirms_it_also_where_its_words_stay(
    as_: SignIn, lead: User, pack: Pack, summary: PackSection
):
    part = summary.parts.get()
    as_(lead).post(url("pack_section", pack, summary.key), form_of(part))
    part.refresh_from_db()
    assert (part.to_confirm, part.version) == (False, 1)
    assert part.history.count() == 2


def test_words_that_nobody_has_seen_are_not_confirmed(
    as_: SignIn, lead: User, pack: Pack, summary: PackSection
):
    part = summary.parts.get()
    PackPart.objects.filter(pk=part.pk).update(version=2)
    as_(lead).post(url("pack_section", pack, summary.key), form_of(part))
    part.refresh_from_db()
    assert part.to_confirm


def test_a_stale_save_shows_both_texts_and_keeps_mine_as_a_draft(
    as_: SignIn, lead: User, publisher: User, pack: Pack, summary: PackSection
):
    part = summary.parts.get()
    mine = form_of(part, text="What I wrote.")
    save(summary, part, "What they wrote.", publisher)
    response = as_(lead).post(url("pack_section", pack, summary.key), mine)
    html = response.content.decode()
    assert response.status_code == 409
    assert "What I wrote." in html
    assert "What they wrote." in html
    part.refresh_from_db()
    assert part.text == "What they wrote."
    assert Draft.objects.get(user=lead).texts == ["What I wrote."]


@pytest.mark.parametrize(
    ("keep", "stands"),
    [("mine", "Mine."), ("theirs", "Theirs."), ("together", "Both.")],
)
def test_the_conflict_page_saves_what_was_chosen(
    keep: str,
    stands: str,
    as_: SignIn,
    lead: User,
    publisher: User,
    pack: Pack,
    summary: PackSection,
):
    part = summary.parts.get()
    save(summary, part, "Theirs.", publisher)
    part.refresh_from_db()
    prefix = f"part-{part.pk}"
    chosen = {f"{prefix}-keep": keep, f"{prefix}-text-together": "Both."}
    as_(lead).post(url("pack_section", pack, summary.key), form_of(part, text="Mine.") | chosen)
    part.refresh_from_db()
    assert part.text == stands


def test_the_words_of_a_part_that_somebody_removed_come_back_as_a_new_one(
    as_: SignIn, lead: User, publisher: User, pack: Pack, summary: PackSection
):
    part = summary.parts.get()
    mine = form_of(part, text="Still needed.", sensitivity="exempt-3")
    services.remove_part(part=part, by=publisher)
    as_(lead).post(url("pack_section", pack, summary.key), mine)
    back = summary.parts.get()
    assert (back.text, back.sensitivity) == ("Still needed.", "exempt-3")
    assert back.pk != part.pk


def test_a_text_that_is_too_long_is_refused_and_kept(
    as_: SignIn, lead: User, pack: Pack, summary: PackSection
):
    part = summary.parts.get()
    long = "a" * 20_001
    client = as_(lead)
    html = client.post(url("pack_section", pack, summary.key), form_of(part, text=long))
    assert "Shorten this to 20,000 characters or fewer" in html.content.decode()
    assert long in client.get(url("pack_section", pack, summary.key)).content.decode()


def test_autosave_keeps_what_is_typed_for_its_writer_alone(
    as_: SignIn, lead: User, publisher: User, pack: Pack, summary: PackSection
):
    part = summary.parts.get()
    typed = form_of(part, text="Half a sentence")
    answer = as_(lead).post(url("pack_section_draft", pack, summary.key), typed)
    assert "saved_at" in answer.json()
    page = url("pack_section", pack, summary.key)
    assert "Half a sentence" in as_(lead).get(page).content.decode()
    assert "Half a sentence" not in as_(publisher).get(page).content.decode()


def test_what_changes_in_a_verified_section_has_to_be_verified_again(
    legal: PackSection, lead: User
):
    part = legal.parts.get()
    save(legal, part, "New duties.", lead)
    legal.refresh_from_db()
    assert (legal.verified_by, legal.verified_on) == ("", None)


def test_saving_the_same_words_leaves_the_verification(legal: PackSection, lead: User):
    part = legal.parts.get()
    save(legal, part, part.text, lead)
    legal.refresh_from_db()
    assert legal.is_verified


def test_nobody_verifies_words_that_have_changed_meanwhile(legal: PackSection, lead: User):
    opened_at = legal.version
    save(legal, legal.parts.get(), "New duties.", lead)
    said = Verification("", "Lou Lawyer, Principal Lawyer", DAY)
    with pytest.raises(StaleSave):
        services.verify(section=legal, version=opened_at, verification=said, by=lead)


def test_a_verification_names_who_and_when(as_: SignIn, lead: User, pack: Pack):
    typed = {"verified_by": "Lou Lawyer", "version": "1"}
    html = as_(lead).post(url("verify_section", pack, "legal"), typed).content.decode()
    assert "Enter the date of verification" in html
    assert "<title>Error:" in html


def test_parts_change_places(pack: Pack, lead: User):
    issues = section(pack, "issues")
    first, second, third = issues.parts.all()
    services.move_part(part=second, up=True, by=lead)
    services.move_part(part=third, up=False, by=lead)  # it is the last: nothing to do
    assert list(issues.parts.all()) == [second, first, third]


def test_a_section_can_be_left_out_and_taken_in_again(as_: SignIn, lead: User, pack: Pack):
    client = as_(lead)
    client.post(url("leave_out", pack, "reasons"), {"out": "yes"})
    assert section(pack, "reasons").left_out
    client.post(url("leave_out", pack, "reasons"), {"out": "no"})
    assert not section(pack, "reasons").left_out


def test_a_newer_snapshot_is_offered_and_asks_to_confirm_its_blocks_again(
    as_: SignIn, lead: User, chair: User, pack: Pack
):
    issues = section(pack, "issues")
    for part in issues.parts.all():
        save(issues, part, "", lead)
    pack.snapshot.cycle.revision = 2
    newer = freeze_now(pack.snapshot.cycle, chair)
    client = as_(lead)
    assert f"Use snapshot {newer.number}" in client.get(url("pack", pack)).content.decode()
    client.post(url("use_latest_snapshot", pack))
    blocks = PackPart.objects.filter(section__pack=pack).exclude(kind=PartKind.TEXT)
    assert set(blocks.values_list("snapshot", "to_confirm")) == {(newer.pk, True)}
    pack.refresh_from_db()
    assert pack.snapshot == newer


def test_comments_are_for_those_who_work_on_it_and_are_settled_once(
    as_: SignIn, lead: User, publisher: User, pack: Pack, snapshot: Snapshot
):
    as_(publisher).post(url("add_comment", pack, "legal"), {"text": "Is this current?"})
    said = pack.comments.get()
    assert "Is this current?" in as_(lead).get(url("pack_section", pack, "legal")).content.decode()
    for person in (lead, publisher):
        as_(person).post(url("settle_comment", pack, said.pk))
    said.refresh_from_db()
    assert said.settled_by_name == lead.name
