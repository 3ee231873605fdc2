"""What people may do: one enum, one role table, one function that answers.

A role counts from its first to its last day, both included, and only for a person whose
account is active. What belongs to no partnership (the shared register) is asked for with
`partnership=None`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from partnerships.models import Agency, Partnership, Role, RoleName, User


class Permission(StrEnum):
    """One thing that a person may or may not do; the value says it in words."""

    READ_TRUE_VALUES = "read every figure as it was entered"
    READ_OWN_AGENCY_VALUES = "read the figures of their own agency as they were entered"
    READ_PUBLIC_FORM = "read what is published, in the form in which it is published"
    ENTER_FIGURES = "enter any figure"
    ENTER_OWN_AGENCY_FIGURES = "enter the figures that their own agency supplies"
    CORRECT_FIGURES = "propose the correction of an approved figure"
    APPROVE_FIGURES = "approve figures, send them back and accept corrections"
    WRITE_SECTIONS = "write the sections of a report that they are asked for"
    READ_DRAFTS = "read drafts of reports"
    BUILD_REPORTS = "write and build reports"
    SIGN_REPORTS = "sign the yearly report"
    COMMENT_ON_ACCURACY = "comment on the accuracy of a draft"
    MANAGE_PEOPLE = "give people roles and end them"
    READ_AUDIT = "read the audit record"
    KEEP_REVIEWS = "keep reviews, inspections, audits, self-assessments, training and voice"
    READ_RESTRICTED = "read and keep what could point to a child; each reading is recorded"
    KEEP_GOVERNANCE = (
        "keep the groups of the partnership, its meetings, budget, priorities and promises"
    )
    UPDATE_OWN_ACTIONS = "report on the actions that their own agency owns"
    RUN_JOBS = "start, watch and cancel work in the background"
    MANAGE_REGISTER = "keep what partnerships share: indicators, areas and what guidance asks for"


P = Permission


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """A role as people read it, and what it may do."""

    title: str
    description: str
    permissions: frozenset[Permission]


def _role(title: str, description: str, *permissions: Permission) -> RoleDescription:
    return RoleDescription(title, description, frozenset({P.READ_PUBLIC_FORM, *permissions}))


ROLE_TABLE: Mapping[RoleName, RoleDescription] = {
    RoleName.CONTRIBUTOR: _role(
        "Contributor",
        "Enters the figures of one agency and its words about them, and reports on its actions. "
        "Sees that agency's figures and actions, and otherwise what is published.",
        P.READ_OWN_AGENCY_VALUES,
        P.ENTER_OWN_AGENCY_FIGURES,
        P.UPDATE_OWN_ACTIONS,
    ),
    RoleName.SECTION_AUTHOR: _role(
        "Section author",
        "Writes the sections of the yearly report that they are asked for.",
        P.WRITE_SECTIONS,
    ),
    RoleName.BUSINESS_UNIT: _role(
        "Business unit",
        "Enters and corrects every figure, keeps returns moving, and writes the yearly report.",
        P.READ_TRUE_VALUES,
        P.ENTER_FIGURES,
        P.CORRECT_FIGURES,
        P.WRITE_SECTIONS,
        P.READ_DRAFTS,
        P.BUILD_REPORTS,
        P.READ_AUDIT,
        P.KEEP_REVIEWS,
        P.READ_RESTRICTED,
        P.KEEP_GOVERNANCE,
        P.RUN_JOBS,
    ),
    RoleName.APPROVER: _role(
        "Approver",
        "Approves figures that somebody else entered, sends them back, and accepts corrections.",
        P.READ_TRUE_VALUES,
        P.APPROVE_FIGURES,
        P.READ_DRAFTS,
        P.RUN_JOBS,
    ),
    RoleName.PARTNER: _role(
        "Partner",
        "Reads the dashboards with every figure as it was entered. "
        "Reports on the actions of an agency, where the role is given for one.",
        P.READ_TRUE_VALUES,
        P.UPDATE_OWN_ACTIONS,
    ),
    RoleName.SIGNATORY: _role(
        "Signatory",
        "Delegate of a statutory partner: reads drafts and signs the yearly report.",
        P.READ_TRUE_VALUES,
        P.READ_DRAFTS,
        P.SIGN_REPORTS,
    ),
    RoleName.SCRUTINEER: _role(
        "Independent scrutineer",
        "Reads drafts and figures as they were entered, and comments on accuracy "
        "before publication.",
        P.READ_TRUE_VALUES,
        P.READ_DRAFTS,
        P.COMMENT_ON_ACCURACY,
    ),
    RoleName.COUNCIL_SCRUTINY: _role(
        "Council scrutiny",
        "Member, co-optee or clerk of a council's scrutiny committee. "
        "Sees figures only as they are published.",
    ),
    RoleName.ADMINISTRATOR: _role(
        "Administrator",
        "Gives people their roles at the partnership, ends them, and reads the audit record.",
        P.MANAGE_PEOPLE,
        P.READ_AUDIT,
    ),
}

# The platform administrator's role is the only one that is not at a partnership.
PLATFORM_PERMISSIONS = frozenset({P.MANAGE_REGISTER, P.RUN_JOBS})


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that roles held today at one partnership allow together."""
    return frozenset().union(*(ROLE_TABLE[RoleName(role.name)].permissions for role in roles))


def permissions_at(
    user: User | AnonymousUser, partnership: Partnership | None, *, on: date
) -> frozenset[Permission]:
    """What a person may do at a partnership on a day; with None, outside any partnership.

    Empty for whoever holds no role there: each role allows at least something.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return frozenset()
    if partnership is None:
        return PLATFORM_PERMISSIONS if user.is_platform_administrator else frozenset()
    return permissions_of(user.roles.open_on(on).filter(partnership=partnership))


def may(
    user: User | AnonymousUser, permission: Permission, partnership: Partnership | None, *, on: date
) -> bool:
    """Whether a person may do one thing at a partnership on a day."""
    return permission in permissions_at(user, partnership, on=on)


def agencies_of(user: User, partnership: Partnership, *, on: date) -> list[Agency]:
    """The agencies that a person contributes for at a partnership on a day."""
    roles = user.roles.open_on(on).filter(partnership=partnership, name=RoleName.CONTRIBUTOR)
    agencies = Agency.objects.filter(roles__in=roles).distinct()
    return list(agencies.select_related("organisation"))


def agencies_that_may(
    roles: Iterable[Role], permission: Permission, partnership: Partnership
) -> list[Agency]:
    """The agencies for which roles held today allow something at a partnership, each once."""
    agencies = {
        role.agency.pk: role.agency
        for role in roles
        if role.agency
        and role.partnership_id == partnership.pk
        and permission in ROLE_TABLE[RoleName(role.name)].permissions
    }
    return list(agencies.values())
