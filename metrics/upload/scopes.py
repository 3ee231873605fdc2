"""What one person may fill in: at the partnership of the page, and where else they work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from metrics.addresses import WHOLE
from metrics.models import Area, Category, ColumnNames, Dataset, Indicator, Slice
from metrics.owed import Owed
from metrics.queries import owed_figures, returns_dataset
from metrics.upload.headings import names_a_time, plain
from partnerships.models import Agency, Partnership, Role, User
from partnerships.periods import Span
from partnerships.permissions import Permission, agencies_of, permissions_of


@dataclass(frozen=True, slots=True)
class Scope:
    """One partnership's return as far as this person enters it; indicators by code and by name.

    `owed` is what is asked for, by category too; a file may bring more of its indicators.
    """

    partnership: Partnership
    dataset: Dataset
    area: Area
    owed: Sequence[Owed]
    indicators: Mapping[str, Indicator]
    may_correct: bool
    codes: tuple[str, ...] = ()  # by which published files name the area

    @property
    def names(self) -> frozenset[str]:
        """What a file may call the partnership, in plain letters."""
        here = self.partnership
        return frozenset(
            map(
                plain,
                (
                    *(here.slug, here.name, here.short_name),
                    *(self.area.code, self.area.name, *self.codes),
                ),
            )
        )


def scopes_of(
    user: User, here: Partnership, roles: Iterable[Role], span: Span, *, on: date
) -> tuple[Scope, ...]:
    """The scope of the page's partnership first, then those of the person's other ones.

    Of what the returns of the quarter ask for, and what the person may do on the day.
    """
    held: dict[int, list[Role]] = {}
    for role in roles:
        held.setdefault(role.partnership_id, []).append(role)
    partnerships = {role.partnership_id: role.partnership for role in roles}
    order = sorted(partnerships.values(), key=lambda each: (each.pk != here.pk, each.slug))
    found = (_scope(user, each, held[each.pk], span, on=on) for each in order)
    return tuple(scope for scope in found if scope is not None)


def _scope(
    user: User, partnership: Partnership, roles: list[Role], span: Span, *, on: date
) -> Scope | None:
    permissions = permissions_of(roles)
    if not permissions & {Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES}:
        return None
    dataset = returns_dataset(partnership)
    area = Area.objects.filter(partnership=partnership).first()
    if dataset is None or area is None:
        return None
    agencies = None
    if Permission.ENTER_FIGURES not in permissions:
        agencies = agencies_of(user, partnership, on=on)
    owed = owed_figures(partnership, on=span.last, agencies=agencies)
    expected = [each.indicator for each in owed if each.category is None]
    return Scope(
        partnership=partnership,
        dataset=dataset,
        area=area,
        owed=owed,
        indicators={plain(each.name): each for each in expected}
        | {plain(each.code): each for each in expected},
        may_correct=bool(
            permissions & {Permission.CORRECT_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES}
        ),
        codes=tuple(area.codes.values_list("code", flat=True)),
    )


def agencies_at(user: User, scope: Scope, roles: Iterable[Role], *, on: date) -> list[Agency]:
    """The agencies whose files a person may send: all of the partnership, or their own."""
    here = scope.partnership
    held = permissions_of(role for role in roles if role.partnership_id == here.pk)
    if Permission.ENTER_FIGURES in held:
        standing = Q(last__isnull=True) | Q(last__gte=on)
        return list(
            Agency.objects.filter(standing, partnership=here, first__lte=on)
            .select_related("organisation")
            .order_by("organisation__name")
        )
    return agencies_of(user, here, on=on)


def layouts_of(agencies: Iterable[Agency]) -> list[dict[str, str]]:
    """How the organisations of the agencies name their columns, as far as anybody has said.

    Without headings that name a time: last quarter's column is no figure of this one.
    """
    named = ColumnNames.objects.filter(organisation__in=[each.organisation_id for each in agencies])
    return [
        {heading: field for heading, field in columns.items() if not names_a_time(heading)}
        for columns in named.values_list("columns", flat=True)
    ]


SIDEWAYS = (
    "The figures of this file stand side by side, each in a column of its own (“{}”, “{}”). The "
    "portal reads one figure in each row, with its name and its value. Copy the figures into the "
    "template, or turn the table round (Copy, Paste Special, Transpose), and upload that."
)


def sideways(headings: Sequence[str], scopes: Iterable[Scope]) -> str:
    """What to say where the headings name figures; empty where they do not."""
    known = {name for scope in scopes for name in scope.indicators}
    found = [heading for heading in headings if plain(heading) in known]
    return SIDEWAYS.format(*(each[:60] for each in found[:2])) if len(found) > 1 else ""


class Breakdowns:
    """Which slices there may be: those stored, and those made of the register's categories."""

    def __init__(self) -> None:
        self._known: set[str] | None = None
        self._parts: set[tuple[str, str]] = set()

    def has(self, key: str) -> bool:
        if key == WHOLE:
            return True
        if self._known is None:
            self._known = set(Slice.objects.values_list("key", flat=True))
            self._parts = set(Category.objects.values_list("breakdown__code", "code"))
        return key in self._known or self._is_made_of_categories(key)

    def _is_made_of_categories(self, key: str) -> bool:
        parts = [tuple(part.split("=")) for part in key.split(";")]
        names = [part[0] for part in parts]
        return names == sorted(set(names)) and all(part in self._parts for part in parts)
