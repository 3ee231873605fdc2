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
# Groups keep the menu to one line; the pages of a group stand beneath it while one is read.
# A page that is not part of this installation is left out.
_TRUE = frozenset({P.READ_TRUE_VALUES})
_ENTER = frozenset({P.ENTER_FIGURES, P.ENTER_OWN_AGENCY_FIGURES, P.APPROVE_FIGURES})
Page = tuple[str, str, frozenset[Permission]]  # text, name of its address, what opens it
MENU: tuple[tuple[str, tuple[Page, ...]], ...] = (
    ("Dashboard", (("Dashboard", "dashboard", _TRUE),)),
    ("Returns", (("Returns", "returns", _ENTER),)),
    ("Reports", (("Reports", "reports", frozenset({P.READ_PUBLIC_FORM})),)),
    (
        "Plans",
        (
            ("Priorities", "priorities", _TRUE),
            ("Promises", "promises", _TRUE),
            ("Governance", "governance", _TRUE),
            ("Budget", "budget", _TRUE),
        ),
    ),
    (
        "Practice",
        (
            ("Reviews", "reviews", _TRUE),
            ("Inspections", "inspections", _TRUE),
            ("Assurance", "assurance", _TRUE),
            ("Training", "training", _TRUE),
            ("Voice", "voice", _TRUE),
        ),
    ),
    (
        "Actions",
        (
            ("Actions", "actions", _TRUE | {P.UPDATE_OWN_ACTIONS}),
            ("Calendar", "calendar", _TRUE),
        ),
    ),
    (
        "People and audit",
        (
            ("People", "people", frozenset({P.MANAGE_PEOPLE})),
            ("Audit record", "audit", frozenset({P.READ_AUDIT})),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu: a page, or a group that leads to its first page."""

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
    """`partnership` is the one whose page this is, where the person has a role there.

    `items` are the menu, `within` the pages of the group of this page, where it has several.
    """

    partnership: Partnership | None
    partnerships: list[Place]
    items: list[Item]
    within: tuple[Item, ...] = ()


def frame(request: HttpRequest) -> dict[str, object]:
    """`nav` for the header. Costs at most one query, and none where no template asks."""
    return {"nav": SimpleLazyObject(partial(navigation, request))}


def navigation(request: HttpRequest) -> Nav:
    """The partnerships of the person who asks, and the menu of the one they are at."""
    if not hasattr(request, "user"):  # refused before it was looked who asks, as of a wrong host
        return Nav(partnership=None, partnerships=[], items=[])
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    if slug is None and (admitted := getattr(request, "partnership", None)):
        slug = admitted.slug  # the address of a job names no partnership, but the job has one
    at = {
        partnership: permissions_of(roles)
        for partnership, roles in by_partnership(roles_today(request))
    }
    current = next((partnership for partnership in at if partnership.slug == slug), None)
    groups = _groups(current, at[current], request.path) if current else []
    return Nav(
        partnership=current,
        partnerships=[
            Place(partnership.short_name, first_page(partnership, held), partnership == current)
            for partnership, held in at.items()
        ],
        items=[_entry(text, pages) for text, pages in groups],
        within=next((p for _, p in groups if len(p) > 1 and any(each.current for each in p)), ()),
    )


def _entry(text: str, pages: tuple[Item, ...]) -> Item:
    """A group as the menu shows it; one of which a person may open one page is that page."""
    first = pages[0]
    if len(pages) == 1:
        return first
    return Item(text, first.url, any(page.current for page in pages))


def _groups(
    partnership: Partnership, held: frozenset[Permission], path: str
) -> list[tuple[str, tuple[Item, ...]]]:
    """The groups of the menu, each with its pages that the permissions open."""
    found = []
    for text, pages in MENU:
        opened = _opened(partnership, held, pages)
        items = tuple(Item(t, url, _is_here(path, url, name)) for t, name, url in opened)
        if items:
            found.append((text, items))
    return found


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
    return _opened(partnership, held, [page for _, pages in MENU for page in pages])


def _opened(
    partnership: Partnership, held: frozenset[Permission], pages: Iterable[Page]
) -> Iterator[tuple[str, str, str]]:
    for text, name, needed in pages:
        if held.isdisjoint(needed):
            continue
        try:
            yield text, name, reverse(name, args=[partnership.slug])
        except NoReverseMatch:
            continue


def _is_here(path: str, url: str, name: str) -> bool:
    """Pages beneath a page of the menu belong to it; only the dashboard is above them all."""
    return path == url or (name != "dashboard" and path.startswith(url))
