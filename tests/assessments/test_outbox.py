"""E-mail is written with what it tells of, sent once that stands, and tried again."""

import datetime
import importlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as sent_mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.models import Council, Cycle, Mail, ReminderOptOut, User
from assessments.services import outbox, review
from assessments.services.outbox import MOST_ATTEMPTS, deliver, post, resume_lost_mails
from prevent_toolkit import urls
from tests.cast import SignIn


def work() -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


def post_one(council: Council, to: User, **more: Any) -> Mail:
    context = {"happened": "has been signed off", "by": "Chika Chair", "period": "2025/26"}
    return post(
        kind=Mail.Kind.REVIEW,
        council=council,
        to=to,
        subject="Signed",
        template="review_step",
        context=context,
        **more,
    )


def addresses() -> set[str]:
    return {to for message in sent_mail.outbox for to in message.to}


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_it(northmere: Council, lead: User) -> None:
    with transaction.atomic():
        mail = post_one(northmere, lead)
    assert sent_mail.outbox == []
    work()
    [message] = sent_mail.outbox
    assert message.to == [lead.email]
    assert (message.body, message.alternatives[0][0]) == (mail.text, mail.html)
    assert message.extra_headers["Message-ID"].startswith(f"<{mail.key}@")
    assert "List-Unsubscribe" not in message.extra_headers
    mail.refresh_from_db()
    assert mail.sent_at
    work()
    assert deliver(mail.pk) is None
    assert len(sent_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_of_what_never_happened_there_is_no_mail(northmere: Council, lead: User) -> None:
    with transaction.atomic():
        post_one(northmere, lead)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert not DBTaskResult.objects.exists()


class BrokenBackend(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise OSError("the mail server says no to lena.lead@northmere.example")


@pytest.fixture
def break_server(settings: Any) -> Callable[[], None]:
    def break_it() -> None:
        settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"

    return break_it


def test_what_fails_is_tried_again_and_counted(
    northmere: Council, lead: User, break_server: Callable[[], None], settings: Any
) -> None:
    working = settings.EMAIL_BACKEND
    mail = post_one(northmere, lead)
    break_server()
    waits = [deliver(mail.pk) for _ in range(MOST_ATTEMPTS - 1)]
    assert waits == outbox.WAITS
    settings.EMAIL_BACKEND = working
    assert deliver(mail.pk) is None
    mail.refresh_from_db()
    assert (mail.attempts, bool(mail.sent_at)) == (MOST_ATTEMPTS, True)
    assert len(sent_mail.outbox) == 1


def test_it_is_given_up_in_the_end(
    northmere: Council, lead: User, break_server: Callable[[], None]
) -> None:
    mail = post_one(northmere, lead)
    break_server()
    for _ in range(MOST_ATTEMPTS):
        last = deliver(mail.pk)
    assert last is None
    assert deliver(mail.pk) is None
    mail.refresh_from_db()
    assert (mail.attempts, mail.sent_at) == (MOST_ATTEMPTS, None)
    Mail.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    assert resume_lost_mails() == 0


@pytest.mark.django_db(transaction=True)
def test_after_a_failure_a_job_waits(
    northmere: Council, lead: User, break_server: Callable[[], None]
) -> None:
    post_one(northmere, lead)
    break_server()
    work()
    later = DBTaskResult.objects.get(status="READY")
    assert later.run_after > timezone.now() + datetime.timedelta(seconds=30)


def test_two_workers_send_it_once(northmere: Council, lead: User) -> None:
    mail = post_one(northmere, lead)
    assert outbox.claim(mail.pk)
    assert outbox.claim(mail.pk) is None
    assert deliver(mail.pk) is None
    assert sent_mail.outbox == []


def test_what_a_killed_worker_left_is_resumed(northmere: Council, lead: User) -> None:
    mail = post_one(northmere, lead)
    outbox.claim(mail.pk)
    assert resume_lost_mails() == 0
    long_ago = timezone.now() - outbox.LOST - datetime.timedelta(minutes=1)
    Mail.objects.update(claimed_at=long_ago, created_at=long_ago)
    assert resume_lost_mails() == 1
    deliver(mail.pk)
    assert len(sent_mail.outbox) == 1


def test_a_closed_account_gets_none(northmere: Council, lead: User) -> None:
    mail = post_one(northmere, lead)
    User.objects.update(is_active=False)
    deliver(mail.pk)
    assert sent_mail.outbox == []


def test_a_subject_is_one_line_and_html_is_inert(northmere: Council, lead: User) -> None:
    northmere.name = "<b>North</b>\r\nBcc: evil@example.org"
    mail = post_one(northmere, lead)
    assert "<b>North</b>" in mail.text
    assert "<b>North" not in mail.html
    deliver(mail.pk)
    assert sent_mail.outbox[0].message()["Subject"] == "Signed"


# Sign-off -----------------------------------------------------------------------------------


def told() -> dict[str, str]:
    """The latest mail of each person."""
    return dict(Mail.objects.order_by("pk").values_list("to", "subject"))


def test_those_concerned_are_told_of_each_step(
    cycle: Cycle, lead: User, chair: User, publisher: User, contributor: User, viewer: User
) -> None:
    SECRET = "SECRET reason"  # noqa: N806
    review.submit(cycle=cycle, gaps=4, reason=SECRET, by=lead)
    assert set(told()) == {chair.email}
    Mail.objects.all().delete()
    review.return_to_lead(cycle=cycle, reason=SECRET, by=chair)
    assert set(told()) == {lead.email}
    review.submit(cycle=cycle, gaps=4, reason=SECRET, by=lead)
    Mail.objects.all().delete()
    review.sign_off(cycle=cycle, note=SECRET, by=chair)
    assert set(told()) == {lead.email, publisher.email}
    assert "2025/26 has been signed off" in told()[lead.email]
    review.reopen(cycle=cycle, reason=SECRET, by=chair)
    assert "reopened as a new version" in told()[publisher.email]
    for mail in Mail.objects.all():
        assert "SECRET" not in mail.text + mail.html + mail.subject
        assert f"http://127.0.0.1:8000/councils/northmere/cycles/{cycle.pk}/review/" in mail.text


def test_a_step_that_is_refused_tells_nobody(cycle: Cycle, lead: User, chair: User) -> None:
    with pytest.raises(ValidationError):
        review.submit(cycle=cycle, gaps=4, by=lead)
    with pytest.raises(ValidationError):
        review.sign_off(cycle=cycle, by=chair)
    assert not Mail.objects.exists()


def test_opting_out_of_reminders_keeps_mail_on_sign_off(
    cycle: Cycle, lead: User, chair: User
) -> None:
    ReminderOptOut.objects.create(user=chair, council=cycle.council)
    review.submit(cycle=cycle, gaps=0, by=lead)
    mail = Mail.objects.get()
    assert (mail.to, mail.unsubscribe) == (chair.email, "")


# The page of a demonstration ------------------------------------------------------------------


def test_a_demonstration_shows_what_was_sent(
    as_: SignIn, site_administrator: User, lead: User, cycle: Cycle, chair: User
) -> None:
    cycle.questions.update(assignee=lead)
    client = as_(site_administrator)
    assert "Nothing has been sent yet" in client.get("/outbox/").content.decode()
    assert client.post("/outbox/remind/").url == "/outbox/"
    shown = client.get("/outbox/").content.decode()
    assert "1 reminder written." in shown
    assert lead.email in shown
    assert "4 questions to answer in 2025/26" in shown
    assert "not sent yet" in shown


def test_production_has_no_such_page(settings: Any) -> None:
    try:
        settings.ENVIRONMENT = "production"
        names = [getattr(each, "name", "") for each in importlib.reload(urls).urlpatterns]
    finally:
        settings.ENVIRONMENT = "demo"
        importlib.reload(urls)
    assert "reminders" in names
    assert "outbox" not in names
    assert "outbox_remind" not in names


def test_its_cost_does_not_grow(
    as_: SignIn, site_administrator: User, northmere: Council, lead: User,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    client = as_(site_administrator)
    for _ in range(2):
        for _ in range(4):
            post_one(northmere, lead)
        with django_assert_num_queries(4):
            html = client.get("/outbox/").content.decode()
    assert len(re.findall("<article", html)) == 8
