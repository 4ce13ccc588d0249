"""E-mail is written in the transaction of what it tells of, and sent by a job once that stands:
mail about what never happened can't exist."""

import datetime
import logging
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from assessments.models import Council, Mail, User

logger = logging.getLogger(__name__)

# How long to wait after each failure; then it is given up.
WAITS = [
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=10),
    datetime.timedelta(hours=1),
    datetime.timedelta(hours=6),
]
MOST_ATTEMPTS = len(WAITS) + 1
CLAIM = datetime.timedelta(minutes=10)  # longer than any mail server is waited for
LOST = datetime.timedelta(hours=12)  # longer than any wait: its job is gone


def post(
    *,
    kind: Mail.Kind,
    council: Council,
    to: User,
    subject: str,
    template: str,
    context: dict[str, Any],
    unsubscribe: str = "",
) -> Mail:
    """Needs a transaction of what it tells of. `template`: the name that the plain text and
    the HTML part share."""
    context = {**context, "council": council, "person": to, "unsubscribe": unsubscribe}
    mail = Mail.objects.create(
        kind=kind,
        council=council,
        user=to,
        to=to.email,
        subject=" ".join(subject.split()),
        text=render_to_string(f"assessments/email/{template}.txt", context),
        html=render_to_string(f"assessments/email/{template}.html", context),
        unsubscribe=unsubscribe,
    )
    send_mail.enqueue(mail.pk)
    return mail


@task()
def send_mail(mail_id: int) -> None:
    """Where it fails, a job for later takes its place."""
    if wait := deliver(mail_id):
        send_mail.using(run_after=timezone.now() + wait).enqueue(mail_id)


def deliver(mail_id: int) -> datetime.timedelta | None:
    """Send it, unless it is sent or another worker is at it. Answers how long to wait before
    the next attempt where this one failed and there is to be one."""
    mail = claim(mail_id)
    if mail is None:
        return None
    try:
        message_of(mail).send()
    except Exception:
        logger.exception("Mail %s could not be sent, attempt %s", mail.pk, mail.attempts)
        Mail.objects.filter(pk=mail.pk).update(claimed_at=None)
        return WAITS[mail.attempts - 1] if mail.attempts < MOST_ATTEMPTS else None
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    return None


def claim(mail_id: int) -> Mail | None:
    """By one statement, so that of two workers only one gets it, and no lock is held while a
    mail server is waited for."""
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM)
    mails = Mail.objects.filter(pk=mail_id, sent_at=None, attempts__lt=MOST_ATTEMPTS)
    attempts = mails.values_list("attempts", flat=True).first()
    if attempts is None:
        return None
    mine = mails.filter(free, attempts=attempts, user__is_active=True)
    if not mine.update(claimed_at=now, attempts=attempts + 1):
        return None
    return Mail.objects.get(pk=mail_id)


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The same Message-ID at each attempt: one that did get through isn't shown twice."""
    headers = {
        "Message-ID": f"<{mail.key}@prevent-self-assessment>",
        "Auto-Submitted": "auto-generated",
    }
    if mail.unsubscribe:  # one click, RFC 8058
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, None, [mail.to], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message


def resume_lost_mails() -> int:
    """Try those again whose job is gone, with a worker that was killed."""
    before = timezone.now() - LOST
    untouched = Q(claimed_at__isnull=True, created_at__lt=before) | Q(claimed_at__lt=before)
    mails = Mail.objects.filter(untouched, sent_at=None, attempts__lt=MOST_ATTEMPTS)
    lost = list(mails.filter(user__is_active=True).values_list("pk", flat=True))
    for mail_id in lost:
        send_mail.enqueue(mail_id)
    return len(lost)
