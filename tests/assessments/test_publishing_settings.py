"""Lead times, protective marking, closure days, and the worked example."""

import datetime
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assessments.models import ClosureDay, Council, User
from assessments.presenters.history import Line
from assessments.presenters.publishing import Closure, Publishing, in_spans
from assessments.presenters.settings_history import FILES, NAMES, settings_history
from assessments.services.closures import add_closures
from assessments.services.councils import IdentityInput, change_settings, change_word_template
from tests.cast import SignIn

PUBLISHING = "/councils/northmere/settings/publishing/"
CLOSURES = "/councils/northmere/settings/closures/"
PLAIN = {"clear_days": "5", "clearance_days": "5", "protective_marking": "", "version": "1"}
THIS_YEAR = timezone.localdate().year
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def parts(name: str, day: date | None) -> dict[str, str]:
    values = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{place}": str(value) for place, value in enumerate(values)}


def closure(first: date, last: date | None = None, words: str = "Christmas closure"):
    return {**parts("first", first), **parts("last", last), "words": words}


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


# Lead times and marking ----------------------------------------------------------------------


def test_lead_times_and_marking_are_kept_with_their_author(client_of_lead: Client, lead: User):
    typed = {"clear_days": "6", "clearance_days": "10", "protective_marking": " OFFICIAL  "}
    assert client_of_lead.post(PUBLISHING, {**PLAIN, **typed}).status_code == 302
    council = Council.objects.get()
    assert (council.clear_days, council.clearance_days) == (6, 10)
    assert council.protective_marking == "OFFICIAL"
    assert council.history.first().history_user == lead


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("clear_days", "4", "Enter 5 days or more: the law asks for five clear days"),
        ("clear_days", "31", "Enter 30 days or fewer"),
        ("clear_days", "", "Enter a number of days"),
        ("clearance_days", "a week", "Enter the days as a whole number, such as 5"),
        ("clearance_days", "-1", "Enter 0 days or more"),
    ],
)
def test_a_lead_time_that_will_not_do_is_explained(
    client_of_lead: Client, field: str, typed: str, message: str
):
    response = client_of_lead.post(PUBLISHING, {**PLAIN, field: typed})
    assert response.context["form"].error_links == [(f"id_{field}", message)]
    assert Council.objects.get().version == 1


def test_no_way_round_the_form_leads_below_five_clear_days(northmere: Council):
    with pytest.raises(IntegrityError), transaction.atomic():
        Council.objects.filter(pk=northmere.pk).update(clear_days=4)


def test_a_stale_save_shows_both(client_of_lead: Client):
    client_of_lead.post(PUBLISHING, {**PLAIN, "clear_days": "6"})
    response = client_of_lead.post(PUBLISHING, {**PLAIN, "clear_days": "7"})
    assert response.status_code == 409
    assert "Clear working days between publication and the meeting" in words_of(response)
    assert Council.objects.get().clear_days == 6


# Closure days --------------------------------------------------------------------------------


def test_a_whole_closure_is_entered_at_once_and_stands_on_one_line(
    client_of_lead: Client, northmere: Council, lead: User
):
    first, last = date(THIS_YEAR, 12, 24), date(THIS_YEAR + 1, 1, 1)
    response = client_of_lead.post(CLOSURES, closure(first, last), follow=True)
    assert "9 days added" in words_of(response)
    assert f"24 December {THIS_YEAR} to 1 January {THIS_YEAR + 1}" in words_of(response)
    assert response.content.decode().count('data-label="What for"') == 1
    assert northmere.closures.days() == {first + n * A_DAY for n in range(9)}
    authors = ClosureDay.history.values_list("history_user", flat=True)
    assert set(authors) == {lead.pk}


def test_a_day_that_is_there_stays_as_it_is(client_of_lead: Client, northmere: Council):
    first = date(THIS_YEAR, 12, 24)
    client_of_lead.post(CLOSURES, closure(first, words="Staff day"))
    response = client_of_lead.post(CLOSURES, closure(first, first + A_DAY), follow=True)
    assert "1 day added" in words_of(response)
    assert list(northmere.closures.values_list("words", flat=True)) == [
        "Staff day",
        "Christmas closure",
    ]


def test_no_day_stands_twice(northmere: Council):
    northmere.closures.create(day=date(2026, 12, 24), words="Closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        northmere.closures.create(day=date(2026, 12, 24), words="Shut")


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (closure(date(2026, 12, 24), words=""), "id_words", "Enter what the offices are closed"),
        (
            closure(date(2026, 12, 24), date(2026, 12, 23)),
            "id_last_0",
            "The last day must be the first day or later",
        ),
        (closure(date(2026, 12, 24), date(2027, 12, 1)), "id_last_0", "60 days long at most"),
        (closure(date(2096, 12, 24)), "id_first_0", "within the next three years"),
        ({"words": "Closed"}, "id_first_0", "Enter the first day"),
    ],
)
def test_closure_days_that_will_not_do_are_explained(
    client_of_lead: Client, typed: dict[str, str], field: str, message: str
):
    response = client_of_lead.post(CLOSURES, typed)
    (link,) = response.context["errors"]
    assert link[0] == field
    assert message in link[1]
    assert "<title>Error: Closure days" in words_of(response)
    assert not ClosureDay.objects.exists()


def test_one_line_is_removed_with_all_its_days_and_no_others(
    client_of_lead: Client, northmere: Council, southbeck: Council, lead: User
):
    first, last = date(2026, 12, 24), date(2027, 1, 1)
    for council in (northmere, southbeck):
        add_closures(council=council, first=first, last=last, words="Christmas", by=lead)
    northmere.closures.create(day=date(2027, 1, 2), words="Staff day")
    days = {"first": "2026-12-24", "last": "2027-01-01"}
    response = client_of_lead.post(f"{CLOSURES}remove/", days, follow=True)
    assert "9 days removed" in words_of(response)
    assert northmere.closures.days() == {date(2027, 1, 2)}
    assert southbeck.closures.count() == 9
    gone = ClosureDay.history.filter(history_type="-")
    assert set(gone.values_list("history_user", flat=True)) == {lead.pk}


def test_nonsense_removes_nothing(client_of_lead: Client, northmere: Council):
    northmere.closures.create(day=date(2026, 12, 24), words="Closed")
    response = client_of_lead.post(f"{CLOSURES}remove/", {"first": "x", "last": ""}, follow=True)
    assert "0 days removed" in words_of(response)
    assert northmere.closures.count() == 1


def test_lines_break_where_the_days_or_the_words_do():
    days = [(24, "Christmas"), (25, "Christmas"), (26, "Staff day"), (28, "Staff day")]
    rows = [ClosureDay(day=date(2026, 12, day), words=words) for day, words in days]
    assert in_spans(rows) == [
        Closure(date(2026, 12, 24), date(2026, 12, 25), "Christmas"),
        Closure(date(2026, 12, 26), date(2026, 12, 26), "Staff day"),
        Closure(date(2026, 12, 28), date(2026, 12, 28), "Staff day"),
    ]


def test_what_is_over_folds_away_and_what_goes_on_today_does_not(northmere: Council):
    today = date(2026, 12, 28)
    for day in (date(2025, 12, 24), today, date(2024, 12, 24)):
        northmere.closures.create(day=day, words="Closed")
    page = Publishing(northmere, today=today)
    assert [each.first for each in page.coming] == [today]
    assert [each.first.year for each in page.over] == [2025, 2024]


# The worked example --------------------------------------------------------------------------


@pytest.mark.parametrize("page", [PUBLISHING, CLOSURES])
def test_the_example_counts_with_the_councils_own_days_and_lead_times(
    client_of_lead: Client, northmere: Council, page: str
):
    Council.objects.update(clear_days=6, clearance_days=2)
    northmere.closures.create(day=date(2024, 2, 14), words="Flood")
    says = words_of(client_of_lead.get(page, parts("meeting_on", date(2024, 2, 20))))
    assert "For a meeting on Tuesday 20 February 2024 papers must be out by" in says
    assert "<strong>Thursday 8 February 2024</strong>" in says
    assert "cleared inside the council by <strong>Tuesday 6 February 2024</strong>" in says
    counted = "9 February, 12 February, 13 February, 15 February, 16 February, 19 February"
    assert f"The 6 clear working days between: {counted}." in says


def test_the_example_begins_with_a_tuesday_to_come(northmere: Council):
    for number in range(7):
        today = date(2026, 11, 23) + number * A_DAY
        day = Publishing(northmere, today=today).example_day
        assert day.weekday() == 1
        assert 42 <= (day - today).days <= 48


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"meeting_on_0": "30", "meeting_on_1": "2", "meeting_on_2": "2027"}, "a real date"),
        ({"meeting_on_0": "", "meeting_on_1": "", "meeting_on_2": ""}, "Enter the day"),
        (parts("meeting_on", date(9999, 12, 31)), "within the next three years"),
        (parts("meeting_on", date(1000, 1, 1)), "within the next three years"),
    ],
)
def test_an_example_that_is_no_date_is_explained(
    client_of_lead: Client, typed: dict[str, str], message: str
):
    response = client_of_lead.get(PUBLISHING, typed)
    ((field, says),) = response.context["errors"]
    assert field == "id_meeting_on_0"
    assert message in says
    assert "papers must be out by" not in words_of(response)


# History -------------------------------------------------------------------------------------


def test_the_history_says_who_changed_what(client_of_lead: Client, northmere: Council, lead: User):
    client_of_lead.post(PUBLISHING, {**PLAIN, "clear_days": "6", "protective_marking": "OFFICIAL"})
    client_of_lead.post(PUBLISHING, {**PLAIN, "clear_days": "6", "version": "2"})
    first = date(THIS_YEAR, 12, 24)
    client_of_lead.post(CLOSURES, closure(first, first + 2 * A_DAY))
    days = {"first": first.isoformat(), "last": (first + A_DAY).isoformat()}
    client_of_lead.post(f"{CLOSURES}remove/", days)
    change_word_template(council=northmere, template=None, by=lead)  # nothing to tell

    (day,) = settings_history(northmere)
    assert {event.who for event in day.events} == {"Lena Lead"}
    christmas = f"24 December {THIS_YEAR} to 2{{}} December {THIS_YEAR}, Christmas closure"
    assert [event.lines for event in day.events] == [
        [Line("Closure days removed", new=christmas.format(5))],
        [Line("Closure days added", new=christmas.format(6))],
        [Line("Protective marking", "OFFICIAL", "(nothing)")],
        [
            Line("Clear working days before a meeting", "5", "6"),
            Line("Protective marking", "", "OFFICIAL"),
        ],
    ]
    page = words_of(client_of_lead.get("/councils/northmere/settings/history/"))
    assert "Closure days removed: <strong>24 December" in page


def test_an_address_stands_on_one_line_of_the_history(northmere: Council, lead: User):
    address = "Mere House\n4 Lantern Street"
    change = IdentityInput(northmere.name, address, "", northmere.accent_colour)
    change_settings(council=northmere, version=1, change=change, by=lead)
    (day,) = settings_history(northmere)
    assert day.events[0].lines == [Line("Postal address", "", "Mere House, 4 Lantern Street")]


def test_every_setting_has_its_name_in_the_history():
    written = {field.name for field in Council._meta.concrete_fields}
    assert set(NAMES) | set(FILES) == written - {"id", "slug", "version"}
