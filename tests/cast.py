"""The cast of every test: six people round Northmere, and a stranger from Southbeck.

Fixtures, made known to all tests by the root conftest.
"""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from assessments.models import Council, Cycle, Membership, Role, User
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit
from tests.small_toolkit import make_small_toolkit

PASSWORD = "correct horse battery staple"
AUTHENTICATION = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def northmere(db: None) -> Council:
    return Council.objects.create(slug="northmere", name="Northmere Borough Council")


@pytest.fixture
def southbeck(db: None) -> Council:
    return Council.objects.create(slug="southbeck", name="Southbeck City Council")


def member(council: Council, role: Role, name: str) -> User:
    email = f"{name.lower().replace(' ', '.')}@{council.slug}.example"
    user = User.objects.create_user(email, PASSWORD, name=name)
    Membership.objects.create(council=council, user=user, role=role)
    return user


@pytest.fixture
def lead(northmere: Council) -> User:
    return member(northmere, Role.LEAD, "Lena Lead")


@pytest.fixture
def contributor(northmere: Council) -> User:
    return member(northmere, Role.CONTRIBUTOR, "Conor Contributor")


@pytest.fixture
def chair(northmere: Council) -> User:
    return member(northmere, Role.REVIEWER, "Chika Chair")


@pytest.fixture
def publisher(northmere: Council) -> User:
    return member(northmere, Role.PUBLISHER, "Priya Publisher")


@pytest.fixture
def viewer(northmere: Council) -> User:
    return member(northmere, Role.VIEWER, "Vic Viewer")


@pytest.fixture
def stranger(southbeck: Council) -> User:
    """A lead, but of another council."""
    return member(southbeck, Role.LEAD, "Sam Stranger")


@pytest.fixture
def site_administrator(db: None) -> User:
    return User.objects.create_superuser("ada@site.example", PASSWORD, name="Ada Administrator")


@pytest.fixture
def toolkit(db: None) -> Toolkit:
    return make_small_toolkit()


@pytest.fixture
def cycle(northmere: Council, toolkit: Toolkit, lead: User) -> Cycle:
    return start_cycle(
        council=northmere,
        toolkit=toolkit,
        scale=toolkit.scales.get(slug="rag"),
        period="2025/26",
        as_at=datetime.date(2025, 12, 1),
        closes_on=datetime.date(2026, 3, 31),
        by=lead,
    )


SignIn = Callable[[User], Client]


@pytest.fixture
def as_() -> SignIn:
    """`as_(lead).get(…)`: a client of its own for each person."""

    def sign_in(user: User) -> Client:
        client = Client()
        # A forced sign-in has no address that failed attempts could be counted for.
        with override_settings(AXES_ENABLED=False):
            client.force_login(user, AUTHENTICATION)
        return client

    return sign_in
