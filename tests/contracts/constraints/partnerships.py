"""How each constraint of `partnerships` is broken."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from partnerships.models import RoleName
from tests.contracts.constraints import again
from tests.factories import (
    LONG_AGO,
    MOMENT,
    AgencyFactory,
    AuditEventFactory,
    DigestFactory,
    JobFactory,
    LocalAuthorityFactory,
    OrganisationFactory,
    PartnershipFactory,
    PeriodFactory,
    RoleFactory,
    UserFactory,
)

RUNNING = {"state": "running", "lease": "a-run", "lease_until": MOMENT}
EARLIER = LONG_AGO - timedelta(days=1)
DAY = date(2020, 3, 31)


def follows_itself() -> None:
    organisation = OrganisationFactory()
    organisation.successor = organisation
    organisation.save()


def same_period_twice() -> None:
    period = PeriodFactory()
    period.pk = None
    period.save(force_insert=True)


CASES: list[tuple[str, Callable[[], Any]]] = [
    ("User.email", lambda: again(UserFactory, "email")),
    ("Partnership.slug", lambda: again(PartnershipFactory, "slug")),
    ("Partnership.name", lambda: again(PartnershipFactory, "name")),
    ("LocalAuthority.ons_code", lambda: again(LocalAuthorityFactory, "ons_code")),
    ("Organisation.slug", lambda: again(OrganisationFactory, "slug")),
    ("Organisation.name", lambda: again(OrganisationFactory, "name")),
    ("audit_event_says_what_was_done", lambda: AuditEventFactory(verb="")),
    ("same_work_waits_once", lambda: JobFactory.create_batch(2, key="same")),
    ("same_work_runs_once", lambda: JobFactory.create_batch(2, key="same", **RUNNING)),
    ("job_state_is_known", lambda: JobFactory(state="x")),
    ("running_jobs_and_only_they_hold_a_lease", lambda: JobFactory(state="running")),
    ("running_jobs_and_only_they_hold_a_lease", lambda: JobFactory(lease="a-run")),
    ("running_jobs_and_only_they_hold_a_lease", lambda: JobFactory(lease_until=MOMENT)),
    ("ended_jobs_and_only_they_have_an_end", lambda: JobFactory(state="done")),
    ("ended_jobs_and_only_they_have_an_end", lambda: JobFactory(finished_at=MOMENT)),
    ("job_progress_is_at_most_its_total", lambda: JobFactory(progress_done=1)),
    ("partnership_has_a_slug", lambda: PartnershipFactory(slug="")),
    ("partnership_has_a_name", lambda: PartnershipFactory(name="")),
    ("organisation_does_not_follow_itself", follows_itself),
    (
        "agency_joins_a_partnership_once_a_day",
        lambda: again(AgencyFactory, "partnership", "organisation"),
    ),
    ("agency_ends_after_it_begins", lambda: AgencyFactory(last=EARLIER)),
    ("agency_standing_is_known", lambda: AgencyFactory(standing="x")),
    ("person_gets_one_digest_a_week", lambda: again(DigestFactory, "person")),
    ("week_of_a_digest_is_one_of_a_year", lambda: DigestFactory(week=0)),
    ("week_of_a_digest_is_one_of_a_year", lambda: DigestFactory(week=54)),
    ("user_email_is_lower_case", lambda: UserFactory(email="Officer@portal.invalid")),
    ("system_actor_cannot_sign_in", lambda: UserFactory(is_system=True)),
    (
        "system_actor_cannot_sign_in",
        lambda: UserFactory(is_system=True, is_active=False, is_platform_administrator=True),
    ),
    ("role_name_is_known", lambda: RoleFactory(name="x")),
    ("role_ends_after_it_begins", lambda: RoleFactory(last=EARLIER)),
    (
        "contributors_have_an_agency_and_of_others_only_partners_may",
        lambda: RoleFactory(name=RoleName.CONTRIBUTOR, agency=None),
    ),
    (
        "contributors_have_an_agency_and_of_others_only_partners_may",
        lambda: RoleFactory(name=RoleName.APPROVER, agency=AgencyFactory()),
    ),
    ("open_role_is_held_once", lambda: again(RoleFactory, "user", "partnership")),
    (
        "open_role_for_an_agency_is_held_once",
        lambda: again(RoleFactory, "user", "partnership", "agency", name="contributor"),
    ),
    ("period_is_stored_once", same_period_twice),
    ("period_ends_after_it_begins", lambda: PeriodFactory(first=DAY, last=DAY - timedelta(1))),
    ("snapshot_is_one_day", lambda: PeriodFactory(kind="snapshot")),
    ("period_kind_is_known", lambda: PeriodFactory(kind="x")),
]
