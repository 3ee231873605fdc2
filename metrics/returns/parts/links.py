"""The link of a reminder: it opens one return for one person, and asks them to sign in.

Whoever forwards the e-mail forwards nothing: the link does not let anybody in. It says which return
is meant and whose link it is, by numbers alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

LIVES = timedelta(days=14)
SALT = "metrics.returns.parts.links"


class LinkError(Exception):
    """The link cannot be read: it was cut off, changed, or made with another key."""


class LinkExpired(LinkError):
    """The link is older than 14 days."""


@dataclass(frozen=True, slots=True)
class Opens:
    """What a link is for: ids of a return and of a person."""

    part_of: int
    person: int


def link_for(opens: Opens) -> str:
    """The whole address, as it stands in an e-mail.

    As a query, since requests are logged without theirs.
    """
    token = signing.dumps([opens.part_of, opens.person], salt=SALT)
    return f"{settings.PORTAL_URL}{reverse('return_open')}?link={token}"


def read(token: str) -> Opens:
    """What a link's token says. Raises `LinkExpired`, or `LinkError`."""
    try:
        part_of, person = signing.loads(token, salt=SALT, max_age=LIVES)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkError from error
    return Opens(part_of, person)
