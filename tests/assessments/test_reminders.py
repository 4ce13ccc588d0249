"""The weekly reminder: what it tells, to whom, once, and how it is ended."""

import datetime
import re
from functools import partial
from typing import Any

import pytest
from django.core import mail as sent_mail
from django.core.management import call_command
from django.test import Client

from assessments.links import reminders_address
from assessments.models import (
    Action,
    ActionOwner,
    Challenge,
    Council,
    Cycle,
    Mail,
    Membership,
    Reminder,
    ReminderOptOut,
    Stage,
    User,
)
from assessments.services.outbox import deliver
from assessments.services.people import remove_person
from assessments.services.reminders import opt_out, send_reminders, week_of
from tests.races import at_once, race
from tests.volume import fill

MONDAY = datetime.date(2026, 11, 16)
SUNDAY = datetime.date(2026, 11, 22)


def own(council: Council, user: User, days: int, **fields: Any) -> Action:
    due = MONDAY + datetime.timedelta(days=days)
    action = Action.objects.create(
        council=council, **{"text": "SECRET action", "due_date": due, **fields}
    )
    ActionOwner.objects.create(action=action, name=user.name, user=user)
    return action


@pytest.fixture
def busy(cycle: Cycle, contributor: User, chair: User) -> Cycle:
    """With something of each kind that waits for the contributor."""
    cycle.questions.filter(question__ref__in=["1.1", "2.2"]).update(assignee=contributor)
    council = cycle.council
    own(council, contributor, -1)
    own(council, contributor, -90, sensitivity="exempt-7")
    own(council, contributor, 0)
    own(council, contributor, 28)
    own(council, contributor, 29)
    own(council, contributor, -5, status="completed")
    question = cycle.questions.get(question__ref="1.1").question
    Challenge.objects.create(
        cycle=cycle,
        question=question,
        text="SECRET challenge",
        raised_by=chair,
        raised_at=cycle.started_at,
        addressed_to=contributor,
    )
    return cycle


def reminder_to(user: User) -> Mail:
    return Mail.objects.get(user=user)


def test_what_it_tells(busy: Cycle, contributor: User) -> None:
    send_reminders(MONDAY)
    mail = reminder_to(contributor)
    assert (mail.to, mail.kind) == (contributor.email, "digest")
    assert mail.subject == (
        "7 things wait for you: Prevent self-assessment, Northmere Borough Council"
    )
    below = "http://127.0.0.1:8000/councils/northmere"
    for line in (
        f"- 2 questions to answer in 2025/26:\n  {below}/cycles/{busy.pk}/?show=mine",
        f"- 1 challenge waits for you in 2025/26:\n  {below}/cycles/{busy.pk}/challenges/",
        f"- 2 actions of yours overdue:\n  {below}/actions/?owner=u{contributor.pk}&due=overdue",
        f"- 2 actions of yours due in the next four weeks:\n"
        f"  {below}/actions/?owner=u{contributor.pk}&due=soon",
    ):
        assert line in mail.text
    for words in ("<strong>2</strong> questions to answer", "<strong>1</strong> challenge waits"):
        assert words in mail.html
    assert "SECRET" not in mail.text + mail.html


def test_its_links_show_what_it_counts(busy: Cycle, contributor: User, as_: Any) -> None:
    today = datetime.date.today()  # noqa: DTZ011 - the register goes by the day of the server
    send_reminders(today)
    client = as_(contributor)
    for count, link in re.findall(
        r"- (\d+) actions? of .*:\n  \S+?(/councils\S+)", reminder_to(contributor).text
    ):
        assert f"{count} action" in client.get(link).content.decode()


def test_whoever_has_nothing_to_do_gets_none(busy: Cycle, lead: User, viewer: User) -> None:
    Challenge.objects.update(addressed_to=None, state="resolved")
    send_reminders(MONDAY)
    assert not Mail.objects.filter(user__in=[lead, viewer]).exists()
    assert not Reminder.objects.filter(user__in=[lead, viewer]).exists()


def test_a_viewer_and_a_closed_account_get_none(busy: Cycle, contributor: User) -> None:
    contributor.is_active = False
    contributor.save()
    send_reminders(MONDAY)
    assert not Mail.objects.filter(user=contributor).exists()
    contributor.is_active = True
    contributor.save()
    Membership.objects.filter(user=contributor).update(role="viewer")
    send_reminders(MONDAY)
    assert not Mail.objects.filter(user=contributor).exists()


def test_whoever_has_left_gets_none(busy: Cycle, contributor: User, lead: User) -> None:
    remove_person(membership=Membership.objects.get(user=contributor), by=lead)
    send_reminders(MONDAY)
    assert not Mail.objects.filter(user=contributor).exists()


def test_of_a_signed_off_cycle_nothing_waits(busy: Cycle, contributor: User) -> None:
    Cycle.objects.update(stage=Stage.SIGNED_OFF)
    send_reminders(MONDAY)
    text = reminder_to(contributor).text
    assert "to answer" not in text
    assert "2 actions of yours overdue" in text


def test_once_a_week(busy: Cycle, contributor: User) -> None:
    for day in (MONDAY, MONDAY, SUNDAY):
        send_reminders(day)
    assert Mail.objects.filter(user=contributor).count() == 1
    send_reminders(SUNDAY + datetime.timedelta(days=1))
    assert Mail.objects.filter(user=contributor).count() == 2


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (MONDAY, "2026-W47"),
        (SUNDAY, "2026-W47"),
        (datetime.date(2027, 1, 3), "2026-W53"),
        (datetime.date(2027, 1, 4), "2027-W01"),
    ],
)
def test_weeks_go_from_monday_to_sunday_over_the_new_year(day: datetime.date, week: str) -> None:
    assert week_of(day) == week


def test_something_new_in_the_week_reaches_those_who_had_none(busy: Cycle, lead: User) -> None:
    Challenge.objects.all().delete()
    send_reminders(MONDAY)
    assert not Mail.objects.filter(user=lead).exists()
    own(busy.council, lead, 3)
    assert send_reminders(SUNDAY) == 1
    assert Mail.objects.filter(user=lead).exists()


def test_one_for_each_council(busy: Cycle, contributor: User, southbeck: Council) -> None:
    Membership.objects.create(council=southbeck, user=contributor, role="contributor")
    own(southbeck, contributor, 3)
    send_reminders(MONDAY)
    councils = Mail.objects.filter(user=contributor).values_list("council__slug", flat=True)
    assert set(councils) == {"northmere", "southbeck"}
    for mail in Mail.objects.filter(user=contributor, council=southbeck):
        assert "Northmere" not in mail.text + mail.html


def test_a_reminder_that_can_t_be_written_can_be_later(
    busy: Cycle, contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(digest: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("assessments.services.reminders.write", fail)
        with pytest.raises(RuntimeError):
            send_reminders(MONDAY)
    assert not Reminder.objects.exists()
    send_reminders(MONDAY)
    assert reminder_to(contributor)


@race
def test_two_runs_at_once_write_one_each(busy: Cycle, contributor: User) -> None:
    for week in range(25):
        day = MONDAY + datetime.timedelta(weeks=week)
        at_once(*[partial(send_reminders, day)] * 2)
        assert Mail.objects.filter(user=contributor).count() == week + 1


def test_the_command_says_what_it_did(busy: Cycle, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_reminders")
    call_command("send_reminders")
    said = capsys.readouterr().out.splitlines()
    assert said == ["1 reminder written.", "0 reminders written."]


def test_its_cost_does_not_grow_with_what_waits(
    busy: Cycle, lead: User, chair: User, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60):
        send_reminders(MONDAY)
    fill(busy, lead)
    people = busy.council.memberships.count()
    with django_assert_max_num_queries(14 + 14 * people):
        send_reminders(MONDAY + datetime.timedelta(weeks=1))


# Ending them ----------------------------------------------------------------------------------


def link(user: User, council: Council) -> str:
    return reminders_address(user, council).removeprefix("http://127.0.0.1:8000")


def test_the_mail_names_the_link_for_people_and_programs(busy: Cycle, contributor: User) -> None:
    send_reminders(MONDAY)
    mail = reminder_to(contributor)
    deliver(mail.pk)
    headers = sent_mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{mail.unsubscribe}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.unsubscribe in mail.text
    assert mail.unsubscribe in mail.html


def test_opening_the_link_changes_nothing(busy: Cycle, contributor: User) -> None:
    page = Client().get(link(contributor, busy.council))
    assert "Stop weekly reminders?" in page.content.decode()
    assert not ReminderOptOut.objects.exists()


def test_one_click_ends_them_without_signing_in(busy: Cycle, contributor: User) -> None:
    client = Client(enforce_csrf_checks=True)  # a mail program has no token
    address = link(contributor, busy.council)
    for _ in range(2):
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert "You get no more weekly reminders" in answer.content.decode()
    opted_out = ReminderOptOut.objects.get()
    assert (opted_out.user, opted_out.council) == (contributor, busy.council)
    send_reminders(MONDAY)
    assert not Mail.objects.filter(user=contributor).exists()


def test_they_can_be_had_again(busy: Cycle, contributor: User) -> None:
    opt_out(user=contributor, council=busy.council)
    address = f"{link(contributor, busy.council)}again/"
    assert "You get weekly reminders again" in Client().post(address).content.decode()
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    send_reminders(MONDAY)
    assert reminder_to(contributor)


def test_it_ends_those_of_one_council_and_person(
    busy: Cycle, contributor: User, lead: User, southbeck: Council
) -> None:
    Membership.objects.create(council=southbeck, user=contributor, role="contributor")
    own(southbeck, contributor, 3)
    own(busy.council, lead, 3)
    opt_out(user=contributor, council=busy.council)
    send_reminders(MONDAY)
    assert set(Mail.objects.values_list("user", "council")) == {
        (contributor.pk, southbeck.pk),
        (lead.pk, busy.council.pk),
    }


@pytest.mark.parametrize("token", ["x", "WzEsMV0", "WzEsMV0:1xUugF:AAAA", "a:b:c", ":"])
def test_a_made_up_link_ends_nothing(contributor: User, northmere: Council, token: str) -> None:
    for method in ("get", "post"):
        assert getattr(Client(), method)(f"/reminders/{token}/").status_code == 404
    assert not ReminderOptOut.objects.exists()


def test_a_link_of_somebody_who_is_gone_is_gone(contributor: User, northmere: Council) -> None:
    address = link(contributor, northmere)
    contributor.delete()
    assert Client().post(address).status_code == 404
