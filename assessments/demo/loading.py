"""The demonstration's councils written into the database, through the services.

What happened is dated as the files say, so that the history pages read like three years.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from assessments.demo.councils import write_council
from assessments.demo.dating import at, dated
from assessments.demo.events import ActionStory, Event, edit_event, sign_off_events
from assessments.demo.instrument import instrument_events
from assessments.demo.packs import pack_events
from assessments.demo.reading import Fields, interchange, read_yaml, read_year
from assessments.demo.starting import start_events
from assessments.imports.interchange import read_cycle
from assessments.models import Council, Cycle, Membership, User
from assessments.record_builder import blank_record
from assessments.services.history import written_by
from assessments.services.interchange import load_cycle


@transaction.atomic
def load_demo(folder: Path) -> list[Council]:
    """Write the councils and accounts that aren't here yet; leave the others alone.

    Answers the councils written. Raises ValidationError where a file is wrong.
    """
    people = read_yaml(folder / "people.yaml")
    administrator = add_users(people)
    here = set(Council.objects.values_list("slug", flat=True))
    loader = CouncilLoader(folder, people, administrator)
    return [loader.load(slug) for slug in people["councils"] if slug not in here]


def add_users(people: Fields) -> User:
    """Answers the site administrator. The one password is made slow to guess once."""
    password = make_password(people["password"])
    users = [
        User.objects.get_or_create(
            email=person["email"],
            defaults={
                "name": person["name"],
                "password": password,
                "is_site_administrator": person.get("site administrator", False),
            },
        )[0]
        for person in people["people"]
    ]
    return next(user for user in users if user.is_site_administrator)


@dataclass(frozen=True)
class CouncilLoader:
    folder: Path
    people: Fields
    administrator: User

    def load(self, slug: str) -> Council:
        written = self.people["councils"][slug]
        council = write_council(self.folder, slug, written, self.administrator)
        self.add_members(council)
        paths = sorted(self.folder.glob(f"{slug}-20*.yaml"))
        years = {year["period"]: year for year in map(read_year, paths)}
        if instrument := self.instrument(slug):
            years[instrument["year"]["period"]] = instrument["year"]
        for event in sorted(self.events(council, years), key=lambda event: event.moment):
            with dated(council, event.dated or event.moment):
                event.run()
        return council

    def instrument(self, slug: str) -> Fields:
        path = self.folder / f"{slug}-instrument.yaml"
        return read_yaml(path) if path.exists() else {}

    def events(self, council: Council, years: dict[str, Fields]) -> Iterator[Event]:
        if instrument := self.instrument(council.slug):
            yield from instrument_events(council, instrument)
        for year in years.values():
            if "start from" in year:
                yield from start_events(council, year)
                continue
            yield Event(at(year["written on"]), partial(add_year, council, year))
            yield from sign_off_events(council, year)
        for action in read_yaml(self.folder / f"{council.slug}-actions.yaml"):
            yield from ActionStory(council, years, action).events()
        packs = self.folder / f"{council.slug}-packs.yaml"
        yield from pack_events(council, read_yaml(packs) if packs.exists() else [])
        edits = self.folder / f"{council.slug}-later-edits.yaml"
        for edit in read_yaml(edits) if edits.exists() else []:
            yield edit_event(council, edit)

    def add_members(self, council: Council) -> None:
        """Without the services' invitation, which would send e-mail to invented addresses."""
        for person in self.people["people"]:
            if role := person.get("roles", {}).get(council.slug):
                user = User.objects.get(email=person["email"])
                answers_for = person.get("organisations", {}).get(council.slug, "")
                membership = Membership(
                    council=council, user=user, role=role, organisation=answers_for
                )
                written_by(membership, self.administrator).save()


def add_year(council: Council, year: Fields) -> None:
    data = json.dumps(interchange(year)).encode()
    loaded = load_cycle(
        council=council,
        record=read_cycle(data, blank_record),
        by=council.members.get(email=year["written by"]),
    )
    Cycle.objects.filter(pk=loaded.cycle.pk).update(started_at=at(year["started on"]))
