"""The synthetic partnerships of the demo, loaded for a test as `make demo` loads them."""

from datetime import date, datetime

from django.conf import settings

from partnerships.models import Partnership, User
from partnerships.people.actions import system_actor
from safeguarding.demo.accounts import make_accounts
from safeguarding.demo.invented_living import Cast
from safeguarding.demo.reference import load_reference
from safeguarding.demo.synthetic import load_synthetic

FIXTURES = settings.BASE_DIR / "fixtures"


def load_invented(*, today: date, at: datetime) -> Cast:
    """The register, the demo's people, and the returns of both synthetic partnerships."""
    load_reference(FIXTURES)
    make_accounts()
    cast = cast_of_the_demo()
    for each in Partnership.objects.filter(synthetic=True):
        load_synthetic(each, cast, folder=FIXTURES / each.slug, today=today, at=at)
    return cast


def cast_of_the_demo() -> Cast:
    return Cast(
        unit=demo_person("business-unit"),
        police=demo_person("contributor"),
        approver=demo_person("approver"),
        loader=system_actor(),
    )


def demo_person(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")
