"""Pages of self-assessments, for roles that read true values; the unit keeps them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.door import SignedIn, needs
from partnerships.elements import Link, Table
from partnerships.keeping import Refusable, form_page
from partnerships.models import Partnership
from partnerships.permissions import Permission
from reviews.assurance import assessment_actions, assessment_queries, tables
from reviews.assurance.assessment_forms import (
    AreaForm,
    AssessmentForm,
    MoveForm,
    StepFigureForm,
    StepForm,
)
from reviews.assurance.assessment_queries import SelfAssessmentTold
from reviews.assurance.views import trail
from reviews.figures import printed_in
from reviews.models import AssessmentStep, SelfAssessment


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def self_assessment(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One cycle: its steps, what it left to be assured of, and what became of the grades."""
    told = assessment_queries.self_assessment_of(partnership, code)
    if told is None:
        raise Http404
    keeps = Permission.KEEP_REVIEWS in request.permissions
    context = {
        "partnership": partnership,
        "trail": [*trail(partnership), (told.name, "")],
        "told": told,
        "may_keep": keeps,
        "steps": _steps(partnership, told, keeps=keeps),
        "areas": _areas(partnership, told, keeps=keeps),
        "moves": _moves(partnership, told, keeps=keeps),
        "moves_sentences": tables.moves_sentences(told.moves),
        "printed_in": printed_in(
            [each.source for each in told.figures] + [each.source for each in told.steps]
        ),
    }
    return render(request, "reviews/self_assessment.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def self_assessment_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a cycle; its steps come next."""
    form = AssessmentForm(request.POST or None, assessment=None)

    def add() -> str:
        made = assessment_actions.save_assessment(
            partnership=partnership, by=request.user, **form.cleaned_data
        )
        return _saved(request, made)

    return form_page(
        request, partnership, form, title="Add a self-assessment", trail=trail(partnership), act=add
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def self_assessment_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what is known of a cycle."""
    found = find_assessment(partnership, code)
    form = AssessmentForm(request.POST or None, assessment=found)

    def save() -> None:
        assessment_actions.save_assessment(
            partnership=partnership, code=found.code, by=request.user, **form.cleaned_data
        )

    return _page(request, found, form, "Change the self-assessment", save, "self_assessment_remove")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_step_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add a step after the last one."""
    found = find_assessment(partnership, code)
    form = StepForm(request.POST or None, step=None)

    def add() -> None:
        assessment_actions.save_step(assessment=found, words=form.words(), by=request.user)

    return _page(request, found, form, "Add a step", add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_step_edit(
    request: SignedIn, partnership: Partnership, code: str, number: int
) -> HttpResponse:
    """Change a step."""
    found = find_assessment(partnership, code)
    step = find_step(found, number)
    form = StepForm(request.POST or None, step=step)

    def save() -> None:
        assessment_actions.save_step(
            assessment=found,
            words=form.words(),
            found=step,
            seen=form.cleaned_data["seen"],
            by=request.user,
        )

    return _page(
        request, found, form, f"Change step {number}", save, "assessment_step_remove", number
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_figure_add(
    request: SignedIn, partnership: Partnership, code: str, number: int
) -> HttpResponse:
    """Add a figure of a step."""
    found = find_assessment(partnership, code)
    step = find_step(found, number)
    form = StepFigureForm(request.POST or None, row=None)

    def add() -> None:
        assessment_actions.save_step_figure(step=step, words=form.words(), by=request.user)

    return _page(request, found, form, f"Add a figure of step {number}", add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_figure_edit(
    request: SignedIn, partnership: Partnership, code: str, number: int, pk: int
) -> HttpResponse:
    """Change a figure of a step."""
    found = find_assessment(partnership, code)
    step = find_step(found, number)
    row = get_object_or_404(step.measures, pk=pk)
    form = StepFigureForm(request.POST or None, row=row)

    def save() -> None:
        assessment_actions.save_step_figure(
            step=step,
            words=form.words(),
            found=row,
            seen=form.cleaned_data["seen"],
            by=request.user,
        )

    title = f"Change a figure of step {number}"
    return _page(request, found, form, title, save, "assessment_figure_remove", number, pk)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_area_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add an area for further assurance."""
    found = find_assessment(partnership, code)
    form = AreaForm(request.POST or None, area=None)

    def add() -> None:
        assessment_actions.save_area(assessment=found, by=request.user, **form.entered())

    return _page(request, found, form, "Add an area for further assurance", add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_area_edit(
    request: SignedIn, partnership: Partnership, code: str, number: int
) -> HttpResponse:
    """Change an area for further assurance, or say what answered it."""
    found = find_assessment(partnership, code)
    area = get_object_or_404(found.areas, number=number)
    form = AreaForm(request.POST or None, area=area)

    def save() -> None:
        assessment_actions.save_area(
            assessment=found, found=area, by=request.user, **form.entered()
        )

    title = "Change the area for further assurance"
    return _page(request, found, form, title, save, "assessment_area_remove", number)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_move_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add how many standards moved from one grade to another."""
    found = find_assessment(partnership, code)
    form = MoveForm(request.POST or None, move=None)

    def add() -> None:
        assessment_actions.save_move(assessment=found, words=form.words(), by=request.user)

    return _page(request, found, form, "Add a move between grades", add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_move_edit(
    request: SignedIn, partnership: Partnership, code: str, pk: int
) -> HttpResponse:
    """Change how many standards moved from one grade to another."""
    found = find_assessment(partnership, code)
    move = get_object_or_404(found.moves.select_related("period"), pk=pk)
    form = MoveForm(request.POST or None, move=move)

    def save() -> None:
        assessment_actions.save_move(
            assessment=found,
            words=form.words(),
            found=move,
            seen=form.cleaned_data["seen"],
            by=request.user,
        )

    title = "Change the move between grades"
    return _page(request, found, form, title, save, "assessment_move_remove", pk)


def _steps(partnership: Partnership, told: SelfAssessmentTold, *, keeps: bool) -> Table:
    def at(name: str, *parts: int) -> str:
        return reverse(name, args=[partnership.slug, told.code, *parts]) if keeps else ""

    return tables.steps_table(
        [
            (
                each,
                at("assessment_step_edit", each.number),
                at("assessment_figure_add", each.number),
                [at("assessment_figure_edit", each.number, row.pk) for row in each.figures],
            )
            for each in told.steps
        ]
    )


def _areas(partnership: Partnership, told: SelfAssessmentTold, *, keeps: bool) -> Table:
    urls = [
        reverse("assessment_area_edit", args=[partnership.slug, told.code, each.number])
        if keeps
        else ""
        for each in told.areas
    ]
    return tables.areas_table(told, urls)


def _moves(partnership: Partnership, told: SelfAssessmentTold, *, keeps: bool) -> Table:
    rows = [
        row
        for moves in told.moves
        for row in ([moves.total] if moves.total else []) + list(moves.became)
    ]
    urls = {
        row.pk: reverse("assessment_move_edit", args=[partnership.slug, told.code, row.pk])
        for row in rows
    }
    return tables.moves_table(told.moves, urls if keeps else {})


def _page(
    request: SignedIn,
    found: SelfAssessment,
    form: Refusable,
    title: str,
    act: Callable[[], None],
    remove: str = "",
    *which: int,
) -> HttpResponse:
    """A form about something of a cycle; back to the cycle's page when it is saved.

    `remove` names the address where the thing, `which` one of the cycle's, is removed.
    """

    def save() -> str:
        act()
        return _saved(request, found)

    place = [found.partnership.slug, found.code, *which]
    links = [Link("Remove this", reverse(remove, args=place))] if remove else []
    way = beneath(found)
    return form_page(
        request, found.partnership, form, title=title, trail=way, act=save, links=links
    )


def find_assessment(partnership: Partnership, code: str) -> SelfAssessment:
    """The cycle, or 404."""
    return get_object_or_404(partnership.self_assessments.select_related("partnership"), code=code)


def find_step(found: SelfAssessment, number: int) -> AssessmentStep:
    """A step of the cycle, or 404."""
    steps = found.steps.select_related("assessment__partnership", "period")
    return get_object_or_404(steps, number=number)


def _saved(request: SignedIn, found: SelfAssessment) -> str:
    messages.success(request, f"{found.name}: saved.")
    return cycle_page(found)


def cycle_page(found: SelfAssessment) -> str:
    """Where the cycle is read."""
    return reverse("self_assessment", args=[found.partnership.slug, found.code])


def beneath(found: SelfAssessment) -> list[tuple[str, str]]:
    """The way to the pages of the cycle."""
    return [*trail(found.partnership), (found.name, cycle_page(found))]
