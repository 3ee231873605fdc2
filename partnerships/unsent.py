"""A form that came when nobody was signed in any more: nothing typed is lost.

What was typed travels through the sign-in page in the browser that sent it, sealed, and is offered
to whoever has signed in there. Nothing of it is stored for somebody who has not signed in.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest

SALT = "partnerships.unsent"
LIVES = timedelta(hours=8)  # a working day, as long as a session
IN_SESSION = "unsent"
BY_ITSELF = "application/json"  # a page that saves by itself keeps what was typed where it is
NOT_REPEATED = ("account_", "mfa_")  # forms of passwords and codes


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form as it was sent: to which address, from which page, with which names and values."""

    address: str
    page: str
    fields: tuple[tuple[str, str], ...]

    @property
    def sealed(self) -> str:
        return signing.dumps(json.dumps(asdict(self)), salt=SALT, compress=True)


def unsent_of(request: HttpRequest, page_of: Callable[[HttpRequest], str]) -> Unsent | None:
    """What was typed into the form that a request brought.

    None where there is nothing to keep: no fields, files (a browser does not send one again by
    itself), secrets, or a form that its own page keeps.
    """
    match, by_itself = request.resolver_match, request.headers.get("Accept") == BY_ITSELF
    if by_itself or request.FILES or (match and (match.url_name or "").startswith(NOT_REPEATED)):
        return None
    fields = tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    )
    return Unsent(request.get_full_path(), page_of(request), fields) if fields else None


def opened(sealed: str) -> Unsent | None:
    """What was sealed; None where it is too old or was not sealed here."""
    try:
        held = json.loads(signing.loads(sealed, salt=SALT, max_age=LIVES))
    except signing.BadSignature:
        return None
    return Unsent(
        held["address"], held["page"], tuple((name, value) for name, value in held["fields"])
    )


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this portal.

    A page of another place cannot say so in its stead.
    """
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == here
