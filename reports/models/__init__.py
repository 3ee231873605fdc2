"""Yearly reports: what is in them, their editions, and what was printed in each."""

from reports.models.editions import FILES, Edition, PrintedFigure, Publication
from reports.models.plans import AnnualReport, BlockLine, Section, SectionBlock
from reports.models.ratios import Ratio

__all__ = [
    "FILES",
    "AnnualReport",
    "BlockLine",
    "Edition",
    "PrintedFigure",
    "Publication",
    "Ratio",
    "Section",
    "SectionBlock",
]
