"""Yearly reports: what is in them, their editions, and what was printed in each."""

from reports.models.editions import FILES, Edition, PrintedFigure, Publication
from reports.models.glossary import Term
from reports.models.plans import AnnualReport, BlockLine, Section, SectionBlock
from reports.models.ratios import Ratio
from reports.models.requirements import GuidanceEdition, Requirement, RequirementAnswer

__all__ = [
    "FILES",
    "AnnualReport",
    "BlockLine",
    "Edition",
    "GuidanceEdition",
    "PrintedFigure",
    "Publication",
    "Ratio",
    "Requirement",
    "RequirementAnswer",
    "Section",
    "SectionBlock",
    "Term",
]
