"""How django-allauth behaves here."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from assessments.links import on_this_site


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: a council's lead adds people, nobody signs themselves up."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Never at the host that the request names: whoever sends it could name their own."""
        address: str = super().get_reset_password_from_key_url(key)
        return on_this_site(urlsplit(address).path)
