"""How each constraint of `metrics` is broken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from metrics.models import Slice
from tests.contracts.constraints import again
from tests.factories import (
    LONG_AGO,
    AreaCodeFactory,
    AreaFactory,
    BreakdownFactory,
    CategoryFactory,
    CellFactory,
    ChangeFactory,
    ConflictFactory,
    DatasetFactory,
    DecisionFactory,
    ExpectationFactory,
    IndicatorFactory,
    IndicatorVersionFactory,
    NeighbourFactory,
    NeighbourSetFactory,
    PartnershipFactory,
    RelatedIndicatorFactory,
    RevisionFactory,
    SliceFactory,
    SlicePartFactory,
    StatedChangeFactory,
    figure,
)

EARLIER = LONG_AGO - timedelta(days=1)
BETWEEN = {"qualifier": "between", "value": 2}


def part_of_itself() -> None:
    category = CategoryFactory()
    category.parent = category
    category.save()


def approved_without_a_latest() -> None:
    cell = figure()
    cell.latest = None
    cell.save()


def related_to_itself() -> None:
    indicator = IndicatorFactory()
    RelatedIndicatorFactory(indicator=indicator, other=indicator)


def in_conflict_with_itself() -> None:
    cell = CellFactory()
    ConflictFactory(cell=cell, preferred=cell)


def within_itself() -> None:
    area = AreaFactory()
    area.region = area
    area.save()


PLACE = ("indicator", "area", "slice", "period", "dataset")

UNIQUE: list[tuple[str, Callable[[], Any]]] = [
    ("Indicator.code", lambda: again(IndicatorFactory, "code")),
    ("Area.code", lambda: again(AreaFactory, "code")),
    ("Area.partnership", lambda: again(AreaFactory, "partnership")),
    ("Dataset.code", lambda: again(DatasetFactory, "code")),
    ("Breakdown.code", lambda: again(BreakdownFactory, "code")),
    ("Slice.key", lambda: Slice.objects.bulk_create([Slice(key="all"), Slice(key="all")])),
    ("Decision.revision", lambda: again(DecisionFactory, "revision")),
    ("Conflict.cell", lambda: again(ConflictFactory, "cell")),
]

REGISTER: list[tuple[str, Callable[[], Any]]] = [
    ("indicator_has_a_code", lambda: IndicatorFactory(code="")),
    ("indicator_base_is_positive", lambda: IndicatorFactory(base=0)),
    ("a_rate_says_per_how_many", lambda: IndicatorFactory(unit="rate", base=10)),
    ("only_a_rate_has_a_base", lambda: IndicatorFactory(base=10_000)),
    ("indicator_decimals_are_at_most_six", lambda: IndicatorFactory(decimals=7)),
    ("indicator_unit_is_known", lambda: IndicatorFactory(unit="x")),
    ("indicator_polarity_is_known", lambda: IndicatorFactory(polarity="x")),
    ("indicator_kind_of_count_is_known", lambda: IndicatorFactory(kind_of_count="x")),
    ("indicator_roll_up_is_known", lambda: IndicatorFactory(roll_up="x")),
    (
        "indicator_changes_once_a_day",
        lambda: again(IndicatorVersionFactory, "indicator", "first"),
    ),
    (
        "indicator_changes_once_a_day_at_a_partnership",
        lambda: again(
            IndicatorVersionFactory, "indicator", "first", partnership=PartnershipFactory()
        ),
    ),
    ("version_effect_is_known", lambda: IndicatorVersionFactory(effect="x")),
    ("version_says_what_changed", lambda: IndicatorVersionFactory(words="")),
    (
        "indicators_are_related_once",
        lambda: again(RelatedIndicatorFactory, "indicator", "other"),
    ),
    ("indicator_is_not_related_to_itself", related_to_itself),
    ("relation_says_why", lambda: RelatedIndicatorFactory(why="")),
    ("areas_of_partnerships_and_only_they_name_one", lambda: AreaFactory(partnership=None)),
    ("areas_of_partnerships_and_only_they_name_one", lambda: AreaFactory(kind="region")),
    ("area_does_not_lie_in_itself", within_itself),
    ("area_kind_is_known", lambda: AreaFactory(kind="x", partnership=None)),
    (
        "agency_is_asked_for_an_indicator_once_a_day",
        lambda: again(ExpectationFactory, "agency", "indicator", "first"),
    ),
    ("expectation_ends_after_it_begins", lambda: ExpectationFactory(last=EARLIER)),
]

OFFICIAL: list[tuple[str, Callable[[], Any]]] = [
    ("code_is_of_one_area", lambda: again(AreaCodeFactory, "scheme", "code")),
    ("area_code_scheme_is_known", lambda: AreaCodeFactory(scheme="x")),
    ("area_code_is_not_empty", lambda: AreaCodeFactory(code="")),
    (
        "authority_has_one_neighbour_set_a_year",
        lambda: again(NeighbourSetFactory, "authority", "year"),
    ),
    ("neighbour_set_year_is_a_year", lambda: NeighbourSetFactory(year=25)),
    ("neighbour_set_names_its_source", lambda: NeighbourSetFactory(source="")),
    ("neighbour_ranks_are_given_once", lambda: again(NeighbourFactory, "neighbour_set", "rank")),
    (
        "neighbour_stands_in_a_set_once",
        lambda: again(NeighbourFactory, "neighbour_set", "area"),
    ),
    ("neighbour_ranks_count_from_one", lambda: NeighbourFactory(rank=0)),
]

STORE: list[tuple[str, Callable[[], Any]]] = [
    ("official_datasets_and_only_they_have_no_owner", lambda: DatasetFactory(owner=None)),
    ("official_datasets_and_only_they_have_no_owner", lambda: DatasetFactory(kind="official")),
    ("dataset_kind_is_known", lambda: DatasetFactory(kind="x")),
    ("breakdown_nature_is_known", lambda: BreakdownFactory(nature="x")),
    ("breakdown_names_a_category_once", lambda: again(CategoryFactory, "breakdown", "code")),
    ("category_is_not_part_of_itself", part_of_itself),
    ("slice_has_a_key", lambda: SliceFactory(key="")),
    ("slice_names_a_breakdown_once", lambda: again(SlicePartFactory, "slice", "breakdown")),
    ("figure_has_one_place", lambda: again(CellFactory, *PLACE)),
    ("mentions_count_from_one", lambda: CellFactory(mention=0)),
    ("approved_figure_has_a_latest_one", approved_without_a_latest),
    ("revisions_are_numbered", lambda: again(RevisionFactory, "cell")),
    ("revision_is_a_value_a_marker_or_words", lambda: RevisionFactory(value=None)),
    ("revision_is_a_value_a_marker_or_words", lambda: RevisionFactory(marker="x")),
    ("revision_is_a_value_a_marker_or_words", lambda: RevisionFactory(printed_words="few")),
    (
        "revision_is_a_value_a_marker_or_words",
        lambda: RevisionFactory(value=None, marker="x", printed_words="few"),
    ),
    ("between_and_only_it_has_an_upper_value", lambda: RevisionFactory(**BETWEEN)),
    ("between_and_only_it_has_an_upper_value", lambda: RevisionFactory(value_upper=200)),
    ("upper_value_is_above_the_value", lambda: RevisionFactory(**BETWEEN, value_upper=2)),
    ("a_correction_says_why", lambda: RevisionFactory(number=2)),
    ("what_a_check_asked_has_an_answer", lambda: RevisionFactory(warnings="far-from-series")),
    ("a_roll_up_has_at_most_all_its_parts", lambda: RevisionFactory(parts=5, parts_of=4)),
    ("a_roll_up_has_at_most_all_its_parts", lambda: RevisionFactory(parts_of=4)),
    ("revisions_count_from_one", lambda: RevisionFactory(number=0, reason="Why.")),
    ("denominator_is_not_negative", lambda: RevisionFactory(denominator=-1)),
    ("numerator_is_not_negative", lambda: RevisionFactory(numerator=-1)),
    ("revision_decimals_are_at_most_six", lambda: RevisionFactory(decimals=7)),
    ("qualifier_is_known", lambda: RevisionFactory(qualifier="x")),
    ("marker_is_known", lambda: RevisionFactory(value=None, marker="?")),
    (
        "sending_back_or_approving_ones_own_entry_says_why",
        lambda: DecisionFactory(outcome="sent-back"),
    ),
    (
        "sending_back_or_approving_ones_own_entry_says_why",
        lambda: DecisionFactory(own_entry=True),
    ),
    ("decision_outcome_is_known", lambda: DecisionFactory(outcome="x", reason="Why.")),
    ("stated_change_has_one_place", lambda: again(StatedChangeFactory, *PLACE)),
    ("stated_change_has_an_amount_or_words", lambda: StatedChangeFactory(amount=None)),
    ("stated_change_has_an_amount_or_words", lambda: StatedChangeFactory(unit="words")),
    ("stated_change_unit_is_known", lambda: StatedChangeFactory(unit="x")),
    ("stated_change_direction_is_known", lambda: StatedChangeFactory(direction="x")),
    ("cell_does_not_conflict_with_itself", in_conflict_with_itself),
    ("conflict_says_its_rule", lambda: ConflictFactory(rule="")),
]

CHANGES: list[tuple[str, Callable[[], Any]]] = [
    ("cell_changes_once_against", lambda: again(ChangeFactory, "to_revision", "against")),
    ("change_has_an_amount_or_a_reason", lambda: ChangeFactory(reason="")),
    ("change_has_an_amount_or_a_reason", lambda: ChangeFactory(absolute=1)),
    (
        "change_has_an_amount_or_a_reason",
        lambda: ChangeFactory(reason="", from_revision=RevisionFactory()),
    ),
    ("change_has_an_amount_or_a_reason", lambda: ChangeFactory(reason="", absolute=1)),
    ("change_is_against_a_known_period", lambda: ChangeFactory(against="x")),
    ("change_is_in_percent_or_in_points", lambda: ChangeFactory(percent=1, points=1)),
    ("change_state_is_known", lambda: ChangeFactory(state="x")),
]

CASES = UNIQUE + REGISTER + OFFICIAL + STORE + CHANGES
