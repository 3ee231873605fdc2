"""The verb that keeps challenges."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.models import Partnership, Period, User
from partnerships.refusals import Refused
from partnerships.removing.actions import Removal, take_out
from reviews.models import Challenge
from reviews.versions import write


@dataclass(frozen=True, slots=True)
class ChallengeWords:
    """Who raised what with whom, when, and what came of it. Offices and bodies, never a person."""

    raised_by: str
    raised_with: str
    about: str
    period: Period
    outcome: str = ""
    note: str = ""
    source: str = ""
    fact_id: str = ""


def save_challenge(
    *, partnership: Partnership, code: str, words: ChallengeWords, seen: int = 0, by: User
) -> Challenge:
    """Adds a challenge (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    columns: dict[str, Any] = {name: getattr(words, name) for name in words.__dataclass_fields__}
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.challenges.filter(code=code).first() if seen else None
        saved = write(
            Challenge,
            {"partnership": partnership, "code": code},
            columns,
            found=found,
            seen=seen,
            taken=Refused(f"There is a challenge {code} already. Choose another name.", "code"),
        )
        if saved:
            verb = "challenge changed" if found else "challenge added"
            record(by=by, verb=verb, subject=saved.key, partnership=partnership)
    return saved or partnership.challenges.get(code=code)


def remove_challenge(challenge: Challenge, why: Removal) -> None:
    """Takes a challenge out. Raises `Overtaken`."""
    take_out(challenge, why, verb="challenge removed", subject=challenge.key)
