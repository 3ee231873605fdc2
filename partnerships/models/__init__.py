"""People, partnerships, periods, jobs and the audit record."""

from partnerships.models.audit import AuditEvent
from partnerships.models.budgets import ACROSS, WHOLE, Budget, BudgetLine
from partnerships.models.governance import (
    Body,
    Priority,
    PriorityPoint,
    PriorityYear,
    ReportsTo,
)
from partnerships.models.jobs import Job
from partnerships.models.meetings import Attendance, Meeting, Register, Seat
from partnerships.models.people import Digest, Role, RoleName, User
from partnerships.models.periods import Period
from partnerships.models.places import Agency, LocalAuthority, Organisation, Partnership
from partnerships.models.promises import Milestone, NamedFigure, Promise, Risk

__all__ = [
    "ACROSS",
    "WHOLE",
    "Agency",
    "Attendance",
    "AuditEvent",
    "Body",
    "Budget",
    "BudgetLine",
    "Digest",
    "Job",
    "LocalAuthority",
    "Meeting",
    "Milestone",
    "NamedFigure",
    "Organisation",
    "Partnership",
    "Period",
    "Priority",
    "PriorityPoint",
    "PriorityYear",
    "Promise",
    "Register",
    "ReportsTo",
    "Risk",
    "Role",
    "RoleName",
    "Seat",
    "User",
]
