"""What a report tells beside its indicators: one module a kind, each read and built alike."""

from collections.abc import Mapping

from reports.accounts.account import Account, AccountError
from reports.accounts.agencies import AGENCIES
from reports.accounts.appendix import APPENDIX
from reports.accounts.attendance import ATTENDANCE
from reports.accounts.audits import AUDITS
from reports.accounts.bodies import BODIES
from reports.accounts.budget import BUDGET
from reports.accounts.contents_map import CONTENTS_MAP
from reports.accounts.dissemination import DISSEMINATION
from reports.accounts.glossary import GLOSSARY
from reports.accounts.held_in_original import HELD_IN_ORIGINAL
from reports.accounts.inspection import INSPECTION
from reports.accounts.inspections import INSPECTIONS
from reports.accounts.journey import JOURNEY
from reports.accounts.learning import LEARNING
from reports.accounts.milestones import MILESTONES
from reports.accounts.official import OFFICIAL
from reports.accounts.priorities import PRIORITY
from reports.accounts.promises import PROMISES
from reports.accounts.recommendations import RECOMMENDATIONS
from reports.accounts.reviews import REVIEWS
from reports.accounts.risks import RISKS
from reports.accounts.self_assessments import SELF_ASSESSMENTS
from reports.accounts.single_figures import SINGLE_FIGURES
from reports.accounts.structure import STRUCTURE
from reports.accounts.tables import TABLE
from reports.accounts.training import TRAINING
from reports.accounts.voice import VOICE
from reports.accounts.year_in_figures import YEAR_IN_FIGURES

EVERY: tuple[Account, ...] = (
    HELD_IN_ORIGINAL,
    YEAR_IN_FIGURES,
    JOURNEY,
    OFFICIAL,
    TABLE,
    AGENCIES,
    BODIES,
    STRUCTURE,
    ATTENDANCE,
    PRIORITY,
    REVIEWS,
    LEARNING,
    DISSEMINATION,
    AUDITS,
    SELF_ASSESSMENTS,
    TRAINING,
    VOICE,
    INSPECTION,
    INSPECTIONS,
    RECOMMENDATIONS,
    BUDGET,
    PROMISES,
    RISKS,
    MILESTONES,
    CONTENTS_MAP,
    GLOSSARY,
    APPENDIX,
    SINGLE_FIGURES,
)
ACCOUNTS: Mapping[str, Account] = {account.kind: account for account in EVERY}

__all__ = ["ACCOUNTS", "Account", "AccountError"]
