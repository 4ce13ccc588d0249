"""The sections of a council's reports are its own to name, to order and to leave out."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Council, Snapshot, User
from assessments.services.report_sections import sections_of
from tests.cast import SignIn
from tests.packs import pack_on


def url(council: Council, name: str = "report_sections") -> str:
    return reverse(f"councils:{name}", args=[council.slug])


def typed(council: Council, **changes: Any) -> dict[str, Any]:
    """What the form posts; a change is named such as `legal__heading`."""
    data: dict[str, Any] = {}
    for row in sections_of(council):
        data |= {
            f"{row.key}-heading": row.heading,
            f"{row.key}-position": row.position,
            f"{row.key}-version": row.version,
        }
        data |= {f"{row.key}-in_use": "on"} if row.in_use else {}
    for name, value in changes.items():
        key, _, field = name.partition("__")
        data[f"{key.replace('_', '-')}-{field}"] = value
    return data


def headings(council: Council) -> list[str]:
    return [each.heading for each in sections_of(council)]


def test_a_council_begins_with_the_usual_sections(northmere: Council):
    assert headings(northmere)[0] == "Executive summary"
    assert not northmere.report_sections.exists()


def test_what_a_council_says_holds_for_its_next_pack(
    as_: SignIn, lead: User, snapshot: Snapshot, northmere: Council
):
    started = pack_on(snapshot, lead)
    changes = {
        "legal__heading": "Legal and governance",
        "commissioner_comment__in_use": "on",
        "executive_summary__position": 3,
        "commissioner_comment__position": 1,
    }
    as_(lead).post(url(northmere), typed(northmere, **changes))
    pack = pack_on(snapshot, lead)
    keys = list(pack.sections.values_list("key", flat=True))
    assert keys[:3] == ["commissioner-comment", "executive-summary", "recommendations"]
    assert pack.sections.get(key="legal").heading == "Legal and governance"
    assert started.sections.get(key="legal").heading == "Legal"


def test_a_section_can_be_added_once(as_: SignIn, lead: User, northmere: Council):
    client = as_(lead)
    new = {"heading": "Climate", "kind": "implication"}
    client.post(url(northmere, "add_report_section"), new)
    assert headings(northmere)[-1] == "Climate"
    html = client.post(url(northmere, "add_report_section"), new).content.decode()
    assert "There is a section of that name already" in html
    assert headings(northmere).count("Climate") == 1


def test_a_heading_is_needed_and_what_was_typed_stays(as_: SignIn, lead: User, northmere: Council):
    changes = {"legal__heading": "", "equality__heading": "Equality and inclusion"}
    html = as_(lead).post(url(northmere), typed(northmere, **changes)).content.decode()
    assert "Enter a heading for every section" in html
    assert 'href="#legal-heading"' in html
    assert "Equality and inclusion" in html
    assert "Legal" in headings(northmere)


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_of_two_who_change_a_section_the_second_sees_both_and_either_can_stand(
    as_: SignIn, lead: User, site_administrator: User, northmere: Council, keep: str
):
    as_(lead).post(
        url(northmere, "add_report_section"), {"heading": "Legal work", "kind": "implication"}
    )
    mine = typed(northmere, legal__heading="Mine", legal_work__heading="Mine too")
    mine |= {"equality-heading": "Alone"}
    theirs = {"legal__heading": "Theirs", "legal_work__heading": "Theirs too"}
    as_(site_administrator).post(url(northmere), typed(northmere, **theirs))
    response = as_(lead).post(url(northmere), mine)
    assert response.status_code == 409
    clashes = response.context["clashes"]
    assert [[(s.label, s.theirs, s.mine) for s in each.sides] for each in clashes] == [
        [("Heading", "Theirs", "Mine")],
        [("Heading", "Theirs too", "Mine too")],
    ]
    assert "your other changes on this page have been saved" in response.content.decode()
    data = dict(field for each in clashes for field in each.fields)
    as_(lead).post(url(northmere), data | {"legal-keep": keep, "legal-work-keep": "mine"})
    stands = "Mine" if keep == "mine" else "Theirs"
    assert {stands, "Mine too", "Alone"} <= set(headings(northmere))


def test_who_opened_the_usual_sections_before_the_council_had_its_own_sees_both_too(
    as_: SignIn, lead: User, site_administrator: User, northmere: Council
):
    mine, theirs = (typed(northmere, legal__heading=said) for said in ("Mine", "Theirs"))
    as_(site_administrator).post(url(northmere), theirs)
    assert as_(lead).post(url(northmere), mine).status_code == 409
    assert as_(lead).post(url(northmere), theirs).status_code == 302  # the same said twice


def test_a_section_added_meanwhile_is_left_alone(as_: SignIn, lead: User, northmere: Council):
    as_(lead).post(url(northmere), typed(northmere))
    opened = typed(northmere, legal__heading="Legal and governance")
    new = {"heading": "Climate", "kind": "implication"}
    as_(lead).post(url(northmere, "add_report_section"), new)
    as_(lead).post(url(northmere), opened)
    assert {"Climate", "Legal and governance"} <= set(headings(northmere))
