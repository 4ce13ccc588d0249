"""The e-mail to somebody who has been added to a council, sent by the worker.

It carries no council text but the council's name. The link's key is made when the e-mail is:
it never lies in the table of jobs.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django_tasks import task

from assessments.links import absolute
from assessments.models import Membership, User

SECONDS_A_DAY = 24 * 3600


@task()
def send_invitation(membership_id: int, invited_by_id: int) -> None:
    """Sends nothing to somebody who has been removed meanwhile."""
    memberships = Membership.objects.select_related("council", "user")
    membership = memberships.filter(pk=membership_id, user__is_active=True).first()
    if membership is None:
        return
    context = {
        "council": membership.council,
        "person": membership.user,
        "role": membership.get_role_display(),
        "invited_by": User.objects.filter(pk=invited_by_id).first(),
        "link": link_for(membership),
        "sign_in": absolute("account_login"),
        "is_new": not membership.user.has_usable_password(),
        "days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY,
    }
    subject = f"You have been added to {membership.council.name}: Prevent self-assessment"
    message = render_to_string("assessments/email/invitation.txt", context)
    send_mail(subject, message, None, [membership.user.email])


def link_for(membership: Membership) -> str:
    """To the council's page; for somebody without a password, to where they choose one."""
    user = membership.user
    if user.has_usable_password():
        return absolute("councils:council", membership.council.slug)
    key = default_token_generator.make_token(user)
    return absolute("account_reset_password_from_key", user_pk_to_url_str(user), key)
