"""What pages say only in a demonstration: that it is one, and whom to sign in as."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from assessments.demo.reading import Fields, read_yaml
from assessments.models import User

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"


def people() -> Fields:
    return dict(read_yaml(FOLDER / "people.yaml"))


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Context processor of a demonstration. Costs nothing until the accounts are listed."""
    return {
        "is_demo": True,
        "demo_accounts": SimpleLazyObject(accounts),
        "demo_password": SimpleLazyObject(lambda: people()["password"]),
    }


def accounts() -> list[tuple[str, str]]:
    """Label and e-mail address of those that have a button and are loaded. One query."""
    buttons = {each["email"]: each["button"] for each in people()["people"] if "button" in each}
    here = set(User.objects.filter(email__in=buttons).values_list("email", flat=True))
    return [(label, email) for email, label in buttons.items() if email in here]
