"""What guidance asks of a report, where each report tells it, and the words of the field."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from partnerships.models import Partnership, User
from reports.editions.assemble import ReportError
from reports.models import AnnualReport, Term
from reports.requirements.actions import Answer, Asked, answer_requirements, keep_requirements
from safeguarding.demo.files import FileError, Row, rows
from safeguarding.demo.reports import span_of


def load_requirements(folder: Path) -> None:
    """The editions of guidance with what they ask for, in the order of the file."""
    asked: dict[str, list[Asked]] = defaultdict(list)
    file = folder / "requirements.csv"
    for row in rows(file):
        asked[row.required("edition")].append(
            Asked(row.required("code"), row.required("reference"), row.required("wording"))
        )
    with transaction.atomic():
        for row in rows(folder / "guidance.csv"):
            code = row.required("code")
            try:
                keep_requirements(
                    edition=code, title=row.required("title"), asked=asked.pop(code, [])
                )
            except ProtectedError:
                raise row.error(
                    f"{file.name} lacks a requirement of {code} that reports answer."
                ) from None
    if asked:
        raise FileError(f"{file.as_posix()}: there is no edition {', '.join(asked)}.")


def load_terms(file: Path) -> None:
    """The words of the field. A term that is no longer in the file goes."""
    kept = []
    with transaction.atomic():
        for row in rows(file):
            place = None
            if row.text("partnership"):
                place = Partnership.objects.filter(slug=row.text("partnership")).first()
                if place is None:
                    raise row.error(f"there is no partnership {row.text('partnership')!r}.")
            term, _ = Term.objects.update_or_create(
                partnership=place,
                term=row.required("term"),
                defaults={"spellings": row.text("spellings"), "meaning": row.required("meaning")},
            )
            kept.append(term.pk)
        Term.objects.exclude(pk__in=kept).delete()


def load_answers(file: Path, *, by: User, today: date) -> int:
    """Where the planned reports tell what guidance asks for. Returns how many answers there are."""
    answers: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows(file):
        place = (row.required("partnership"), row.required("year"), row.required("edition"))
        answers[place].append(row)
    with transaction.atomic():
        return sum(_answer(found, by=by, today=today) for found in answers.values())


def _answer(found: list[Row], *, by: User, today: date) -> int:
    first = found[0]
    slug, edition = first.text("partnership"), first.text("edition")
    try:
        report = AnnualReport.objects.filter(
            partnership__slug=slug, year=span_of(first, today).key
        ).first()
        if report is None:
            raise first.error(f"{slug} has no report for {first.text('year')}.")
        return answer_requirements(
            report=report,
            edition=edition,
            answers=[
                Answer(row.required("requirement"), row.text("section"), row.text("why_not"))
                for row in found
            ],
            by=by,
        )
    except ReportError as error:
        raise first.error(str(error)) from error
