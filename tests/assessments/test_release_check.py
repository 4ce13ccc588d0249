"""What holds a pack back, what looks wrong in it, and what the public doesn’t get."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError

from assessments.models import (
    BenchmarkAssessment,
    Cycle,
    Pack,
    PartKind,
    User,
)
from assessments.record import BenchmarkDecision, Text
from assessments.release_check import Pattern, record_texts, warnings, withheld_of_record
from assessments.report.sections import WITHOUT_WORDS
from assessments.services import release
from assessments.services.pack_sections import (
    add_part,
    use_snapshot,
)
from assessments.services.packs import change_meeting
from assessments.snapshots import thaw
from assessments.texts import texts
from tests.cast import SignIn
from tests.packs import (
    MEETING,
    freeze_now,
    held_back_by,
    pack_on,
    section,
    url,
    write,
)


def test_nothing_holds_back_a_finished_pack(ready: Pack):
    assert held_back_by(ready) == []


def test_a_new_pack_is_held_back_by_all_that_a_person_has_to_do(pack: Pack):
    found = held_back_by(pack)
    assert "Executive summary: 1 part is still to be confirmed" in found
    assert "Reasons for recommendations: it is empty; write it or leave it out" in found
    assert "Legal: nobody has verified it" in found


def test_every_blocker_leads_to_where_it_is_mended(as_: SignIn, lead: User, pack: Pack):
    change_meeting(pack=pack, version=1, meeting=dataclasses.replace(MEETING, item=""), by=lead)
    client = as_(lead)
    html = client.get(url("release_check", pack)).content.decode()
    assert f'href="{url("meeting", pack)}"' in html
    for each in pack.sections.exclude(key__in=WITHOUT_WORDS):
        assert f'href="{url("pack_section", pack, each.key)}"' in html


def test_what_may_be_right_all_the_same_is_said_before_a_release(
    as_: SignIn, ready: Pack, lead: User
):
    write(section(ready, "consultation"), "See Appendix 9 and Appendix 1.", lead)
    html = as_(lead).get(url("release_check", ready)).content.decode()
    last = "The last day to publish it for this meeting was Thursday 12 February 2026"
    assert last in html
    assert "Appendix 9, in paragraph 5.1: the report lists no appendix of this number" in html
    assert held_back_by(ready) == []


def test_a_section_that_is_left_out_holds_nothing_back(ready: Pack, lead: User):
    section(ready, "reasons").parts.all().delete()
    assert len(held_back_by(ready)) == 1
    ready.sections.filter(key="reasons").update(left_out=True)
    assert held_back_by(ready) == []


def test_a_block_from_another_snapshot_than_the_appendix_holds_it_back(
    ready: Pack, lead: User, chair: User
):
    ready.snapshot.cycle.revision = 2
    newer = freeze_now(ready.snapshot.cycle, chair)
    part = add_part(
        section=section(ready, "issues"), kind=PartKind.RATINGS, snapshot=newer, by=lead
    )
    assert part.snapshot == newer
    assert held_back_by(ready) == [
        "Issues, options and analysis of options: it shows another snapshot than number 1"
    ]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Ask jo.bloggs@example.org about it.", Pattern.EMAIL),
        ("Ring 01632 960 142 for more.", Pattern.PHONE),
        ("Ring +44 7700 900982.", Pattern.PHONE),
        ("His number is 943 476 5919.", Pattern.NHS_NUMBER),
        ("See case no. PRV/2025/0123 for this.", Pattern.CASE_NUMBER),
        ("Crime ref 42/118832/25 was closed.", Pattern.CASE_NUMBER),
        ("Filed at objective://id:A123456.", Pattern.INTERNAL_LINK),
        ("Kept in S:\\Prevent\\Referrals.", Pattern.INTERNAL_LINK),
        ("See https://northmere.sharepoint.com/sites/prevent.", Pattern.INTERNAL_LINK),
        ("See http://intranet/prevent.", Pattern.INTERNAL_LINK),
        ("The referral of Jordan Ashdown was closed.", Pattern.PERSON),
        ("Robin O’Dell was a pupil at the school.", Pattern.PERSON),
        ("In Jordan Ashdown’s case nothing was found.", Pattern.PERSON),
        ("When Zoë McArdle-Núñez was referred, the Prevent Board met.", Pattern.PERSON),
        ("The Channel Panel closed the case of Jordan Ashdown.", Pattern.PERSON),
        ("Ring +44 (0)7700 900982.", Pattern.PHONE),
        ("Ring (01632) 960.142.", Pattern.PHONE),
        ("See https://files.northmere.local/prevent.", Pattern.INTERNAL_LINK),
        ("See http://10.20.0.5/prevent.", Pattern.INTERNAL_LINK),
    ],
)
def test_words_that_look_like_something_private_are_found(text: str, pattern: Pattern):
    found = warnings([("paragraph 2.1", text)])
    assert pattern in {each.pattern for each in found}
    assert found[0].places == ("paragraph 2.1",)


@pytest.mark.parametrize(
    "text",
    [
        "The Prevent Board reviewed each referral to the Channel Panel in 2025/26.",
        "61 per cent of 1,204 front-line staff completed the training by 31 December 2025.",
        "See https://www.gov.uk/government/publications/prevent-duty-guidance.",
        "Section 26 of the Counter-Terrorism and Security Act 2015.",
        "The reference group met four times.",
    ],
)
def test_ordinary_words_are_not(text: str):
    assert warnings([("here", text)]) == []


@pytest.mark.parametrize("run", ["a", "a.b-"])
def test_no_run_of_letters_is_too_long_to_look_through(run: str):
    """Steps that grow with the square of its length would hold this test up for minutes."""
    text = run * (100_000 // len(run))
    (found,) = warnings([("here", f"{text} jo.bloggs@example.org")])
    assert found.found == "jo.bloggs@example.org"


def test_the_same_words_in_two_places_are_one_warning():
    text = "Ask jo.bloggs@example.org."
    (found,) = warnings([("paragraph 1.1", text), ("paragraph 2.1", text)])
    assert found.places == ("paragraph 1.1", "paragraph 2.1")


def test_a_warning_holds_the_pack_back_until_a_publisher_accepts_it_with_a_reason(
    as_: SignIn, lead: User, publisher: User, ready: Pack
):
    write(section(ready, "consultation"), "Ask desk@northmere.example.", lead)
    (warning,) = release.check(ready).found.warnings
    assert held_back_by(ready) == ["1 warning has not been accepted"]
    client = as_(publisher)
    typed = {"fingerprint": warning.fingerprint, "reason": ""}
    html = client.post(url("accept_warning", ready), typed).content.decode()
    assert "Say why these words may be public" in html
    client.post(url("accept_warning", ready), typed | {"reason": "The public desk."})
    assert held_back_by(ready) == []
    page = client.get(url("release_check", ready)).content.decode()
    assert f"by {publisher.name}" in page
    assert "The public desk." in page


def test_the_title_is_looked_at_too(ready: Pack, lead: User):
    meeting = dataclasses.replace(MEETING, title="On the pupil Jordan Ashdown")
    renamed = change_meeting(pack=ready, version=1, meeting=meeting, by=lead)
    (warning,) = release.check(renamed).found.warnings
    assert warning.places == ("the title of the report",)


def test_an_acceptance_ends_when_the_words_change(lead: User, publisher: User, ready: Pack):
    consultation = section(ready, "consultation")
    write(consultation, "Ask desk@northmere.example.", lead)
    (warning,) = release.check(ready).found.warnings
    accept = {"pack": ready, "fingerprint": warning.fingerprint, "by": publisher}
    release.accept_warning(reason="Public.", **accept)  # type: ignore[arg-type]
    write(consultation, "Ask jo@northmere.example.", lead)
    assert held_back_by(ready) == ["1 warning has not been accepted"]
    with pytest.raises(ValidationError, match="have changed"):
        release.accept_warning(reason="Public.", **accept)  # type: ignore[arg-type]


def test_every_text_that_is_not_public_is_listed_with_where_it_would_stand(
    as_: SignIn, lead: User, publisher: User, cycle: Cycle, chair: User
):
    BenchmarkAssessment.objects.filter(cycle=cycle, benchmark__number=1).update(
        comments="Kept from the appendix.", comments_sensitivity="exempt-1"
    )
    pack = pack_on(freeze_now(cycle, chair), lead)
    write(section(pack, "consultation"), "Kept from the report.", lead, "exempt-7")
    html = as_(publisher).get(url("release_check", pack)).content.decode()
    for words in (
        "Kept from the report.",
        "paragraph 5.1",
        "Kept from the appendix.",
        "benchmark 1",
    ):
        assert words in html
    public = as_(publisher).get(url("public_page", pack)).content.decode()
    assert "Kept from" not in public
    assert "Not for publication: paragraph 7" in public


def test_what_was_found_is_looked_for_again_as_soon_as_a_word_changes(
    ready: Pack, lead: User, chair: User, monkeypatch: pytest.MonkeyPatch
):
    """In the report, in what is public of it, and in the snapshot; and only then."""
    looked: list[int] = []
    through = release.warnings_of
    monkeypatch.setattr(release, "warnings_of", lambda *known: looked.append(1) or through(*known))

    def times() -> int:
        looked.clear()
        held_back_by(ready)
        held_back_by(ready)
        return len(looked)

    consultation = section(ready, "consultation")
    write(consultation, "Words of this test.", lead)
    assert times() == 1
    assert times() == 0
    write(consultation, "Ask desk@northmere.example.", lead)
    assert (times(), held_back_by(ready)) == (1, ["1 warning has not been accepted"])
    write(consultation, "Ask desk@northmere.example.", lead, "exempt-7")
    assert (times(), held_back_by(ready)) == (1, [])
    cycle = ready.snapshot.cycle
    cycle.benchmarks.update(comments="Ask jo@northmere.example.")
    cycle.revision = 2
    second = freeze_now(cycle, chair)
    use_snapshot(pack=ready, snapshot=second, by=lead)
    ready.refresh_from_db()
    assert times() == 1
    assert "1 warning has not been accepted" in held_back_by(ready)


def test_every_council_text_that_is_printed_is_looked_at(ready: Pack):
    """Also a reason that was carried forward and waits to be confirmed."""
    record = thaw(ready.snapshot.content).record
    waiting = BenchmarkDecision(to_confirm=BenchmarkDecision(reason=Text("Carried.", "exempt-7")))
    first = dataclasses.replace(record.benchmarks[0], decision=waiting)
    record = dataclasses.replace(record, benchmarks=(first, *record.benchmarks[1:]))
    assert [each.text for each in withheld_of_record(record)] == ["Carried."]
    looked_at = [text for _, text in record_texts(record)]
    assert sorted(map(str, looked_at)) == sorted(map(str, texts(record)))
