"""A browser's manners without a browser: one kept-alive connection, cookies, forms."""

import time
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Response:
    status: int
    body: str
    seconds: float
    location: str


class Client:
    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: SimpleCookie = SimpleCookie()
        # As the proxy in front of a production installation says.
        self.proxy = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
        self.origin = f"https://127.0.0.1:{port}"

    def get(self, path: str) -> Response:
        return self.request("GET", path, None, {})

    def post(self, path: str, fields: Fields, accept: str = "text/html") -> Response:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.origin,
            "Accept": accept,
        }
        return self.request("POST", path, urlencode(fields), headers)

    def request(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> Response:
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        start = time.perf_counter()
        self.connection.request(method, path, body, {**self.proxy, **headers, "Cookie": cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - start
        text = text_of(body, answer.headers.get("Content-Type", ""))
        for value in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(value)
        return Response(answer.status, text, seconds, answer.headers.get("Location", ""))

    def sign_in(self, email: str, password: str) -> None:
        page = "/account/login/"
        fields = without(fields_of(self.get(page).body, action=page), "login", "password")
        response = self.post(page, [*fields, ("login", email), ("password", password)])
        if response.status != 302:
            raise SystemExit(f"Signing in answered {response.status}, not a redirect.")


def text_of(body: bytes, kind: str) -> str:
    """Nothing of a PDF."""
    return body.decode() if kind.startswith(("text/", "application/json")) else ""


def without(fields: Fields, *names: str) -> Fields:
    return [(name, value) for name, value in fields if name not in names]


def fields_of(html: str, *, action: str = "", form_id: str = "") -> Fields:
    """What a browser would post of one form, found by its action or its id."""
    reader = FormReader(action, form_id)
    reader.feed(html)
    return reader.fields


class FormReader(HTMLParser):
    def __init__(self, action: str, form_id: str) -> None:
        super().__init__()
        self.wanted = {"action": action} if action else {"id": form_id}
        self.fields: Fields = []
        self.inside = False
        self.field = ""  # name of the select or textarea being read
        self.value: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = self.wanted.items() <= given.items()
        elif self.inside and tag == "input":
            chosen = given.get("type") not in {"radio", "checkbox"} or "checked" in given
            if chosen and given.get("name"):
                self.fields.append((given["name"], given.get("value", "")))
        elif self.inside and tag in {"select", "textarea"}:
            self.field, self.value = given["name"], []
        elif self.field and tag == "option" and "selected" in given:
            self.value = [given["value"]]

    def handle_data(self, data: str) -> None:
        if self.field and self.lasttag == "textarea":
            self.value.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif self.field and tag in {"select", "textarea"}:
            # The line break straight after <textarea> is not part of its value.
            self.fields.append((self.field, "".join(self.value).removeprefix("\n")))
            self.field = ""
