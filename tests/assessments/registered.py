"""Actions of a register for tests, and what its pages say of them."""

import datetime
import re
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from assessments.models import Action, ActionLink, ActionOwner, Cycle, User

EDITION = Path(__file__).parents[2] / "fixtures" / "toolkits" / "home-office-2018.yaml"
TODAY = timezone.localdate()
REGISTER = "/councils/northmere/actions/"
IN_PLACE = {"headers": {"HX-Request": "true"}}


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def make(
    cycle: Cycle, text: str, ref: str = "1.1", owner: User | str | None = None, **fields: Any
) -> Action:
    action = Action.objects.create(council=cycle.council, text=text, **fields)
    asked = cycle.questions.get(question__ref=ref).question
    ActionLink.objects.create(action=action, cycle=cycle, question=asked)
    if isinstance(owner, User):
        ActionOwner.objects.create(action=action, name=owner.name, user=owner)
    elif owner:
        ActionOwner.objects.create(action=action, name=owner)
    return action


def texts(response: HttpResponse) -> list[str]:
    found = re.findall(r'app-user-text" id="register-[^"]+">([^<]+)<', response.content.decode())
    return [text.strip() for text in found]


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def key(action: Action) -> str:
    return f"{action.pk}:{action.version}"
