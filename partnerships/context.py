"""What every page's frame needs to know: whose pages these are, and where one can go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from partnerships.door import roles_today
from partnerships.models import Partnership, Role
from partnerships.permissions import Permission, permissions_of

P = Permission

# The pages of a partnership in the order of the menu, and what opens each: any one of these.
# A page that is not part of this installation is left out.
MENU: tuple[tuple[str, str, frozenset[Permission]], ...] = (
    ("Dashboard", "dashboard", frozenset({P.READ_TRUE_VALUES})),
    (
        "Returns",
        "returns",
        frozenset({P.ENTER_FIGURES, P.ENTER_OWN_AGENCY_FIGURES, P.APPROVE_FIGURES}),
    ),
    ("Reports", "reports", frozenset({P.READ_PUBLIC_FORM})),
    ("Priorities", "priorities", frozenset({P.READ_TRUE_VALUES})),
    ("Promises", "promises", frozenset({P.READ_TRUE_VALUES})),
    ("Governance", "governance", frozenset({P.READ_TRUE_VALUES})),
    ("Budget", "budget", frozenset({P.READ_TRUE_VALUES})),
    ("Reviews", "reviews", frozenset({P.READ_TRUE_VALUES})),
    ("Inspections", "inspections", frozenset({P.READ_TRUE_VALUES})),
    ("Assurance", "assurance", frozenset({P.READ_TRUE_VALUES})),
    ("Training", "training", frozenset({P.READ_TRUE_VALUES})),
    ("Voice", "voice", frozenset({P.READ_TRUE_VALUES})),
    ("Actions", "actions", frozenset({P.READ_TRUE_VALUES, P.UPDATE_OWN_ACTIONS})),
    ("Calendar", "calendar", frozenset({P.READ_TRUE_VALUES})),
    ("People", "people", frozenset({P.MANAGE_PEOPLE})),
    ("Audit record", "audit", frozenset({P.READ_AUDIT})),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One page of the menu."""

    text: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One partnership of the person's, with the first page there that they may open."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Nav:
    """`partnership` is the one whose page this is, where the person has a role there."""

    partnership: Partnership | None
    partnerships: list[Place]
    items: list[Item]


def frame(request: HttpRequest) -> dict[str, object]:
    """`nav` for the header. Costs at most one query, and none where no template asks."""
    return {"nav": SimpleLazyObject(partial(navigation, request))}


def navigation(request: HttpRequest) -> Nav:
    """The partnerships of the person who asks, and the menu of the one they are at."""
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    at = {
        partnership: permissions_of(roles)
        for partnership, roles in by_partnership(roles_today(request))
    }
    current = next((partnership for partnership in at if partnership.slug == slug), None)
    return Nav(
        partnership=current,
        partnerships=[
            Place(partnership.short_name, first_page(partnership, held), partnership == current)
            for partnership, held in at.items()
        ],
        items=[
            Item(text, url, _is_here(request.path, url, name))
            for text, name, url in _pages(current, at[current])
        ]
        if current
        else [],
    )


def by_partnership(roles: Iterable[Role]) -> list[tuple[Partnership, list[Role]]]:
    """Partnerships in the order of their names, each with the roles held there."""
    at: dict[Partnership, list[Role]] = {}
    for role in sorted(roles, key=lambda role: role.partnership.name):
        at.setdefault(role.partnership, []).append(role)
    return list(at.items())


def partnerships_open_to(request: HttpRequest, permission: Permission) -> list[Partnership]:
    """Where the person who asks may do something today, in the order of the names."""
    return [
        partnership
        for partnership, roles in by_partnership(roles_today(request))
        if permission in permissions_of(roles)
    ]


def first_page(partnership: Partnership, held: frozenset[Permission]) -> str:
    """Where a person begins at a partnership: the first page of its menu, or their own."""
    return next((url for _, _, url in _pages(partnership, held)), reverse("my"))


def _pages(partnership: Partnership, held: frozenset[Permission]) -> Iterator[tuple[str, str, str]]:
    """Text, name and address of the pages that the permissions open."""
    for text, name, needed in MENU:
        if held.isdisjoint(needed):
            continue
        try:
            yield text, name, reverse(name, args=[partnership.slug])
        except NoReverseMatch:
            continue


def _is_here(path: str, url: str, name: str) -> bool:
    """Pages beneath a page of the menu belong to it; only the dashboard is above them all."""
    return path == url or (name != "dashboard" and path.startswith(url))
