"""Keys that stand for names in addresses, which history and logs keep: no name can be read off
them."""

from functools import lru_cache

from django.utils.crypto import salted_hmac

SALT = "prevent-toolkit.names"
LENGTH = 12


@lru_cache(maxsize=4096)
def key_of_name(name: str) -> str:
    """The same for the same name as long as the installation keeps its secret key."""
    return salted_hmac(SALT, name).hexdigest()[:LENGTH]
