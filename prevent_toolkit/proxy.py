from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """For django-axes, which would otherwise see every visitor at the proxy's own address."""
    address: str = get_adapter(request).get_client_ip(request)
    return address
