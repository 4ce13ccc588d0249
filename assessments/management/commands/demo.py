from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from assessments.demo.loading import load_demo
from assessments.demo.on_screen import FOLDER, people
from assessments.demo.reading import Fields
from assessments.models import Role

ADMINISTRATOR = "Site administrator"
MAY = {
    Role.LEAD.label: "start a cycle, give out questions, answer, judge, submit, write packs",
    Role.CONTRIBUTOR.label: "read everything, answer the questions given to them",
    Role.REVIEWER.label: "read everything, challenge it, sign it off",
    Role.PUBLISHER.label: "read everything, write committee packs and release them",
    Role.VIEWER.label: "read and download what is public",
    ADMINISTRATOR: "add councils and people; read what is public",
}


class Command(BaseCommand):
    help = "Load two invented councils for trying the toolkit out; a second run changes nothing."

    def handle(self, **_: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "The demonstration has accounts with a known password, so it is never loaded in "
                "production. Set ENVIRONMENT=demo on a machine that is only for trying it out."
            )
        try:
            load_demo(FOLDER)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write("\n".join(account_lines(people())))


def account_lines(written: Fields) -> Iterator[str]:
    yield "Both councils and everybody in them are invented."
    yield f"Every account has the password  {written['password']}"
    for slug, council in written["councils"].items():
        yield f"\n{council['name']}"
        for person in written["people"]:
            if role := person.get("roles", {}).get(slug):
                yield account(person, Role(role).label)
    yield "\nEvery council"
    yield from (account(p, ADMINISTRATOR) for p in written["people"] if "roles" not in p)
    yield "\nWhat they may do"
    yield from (f"  {label:<34}{words}" for label, words in MAY.items())


def account(person: Fields, role: str) -> str:
    return f"  {role:<34}{person['email']:<42}{person['name']}, {person['post']}"
