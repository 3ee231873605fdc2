"""Recommendations made to a partnership or its council, and what was answered, from its folder.

Loading again mends what differs, and leaves alone what a person has changed since.
"""

from pathlib import Path

from partnerships.known_dates import read
from partnerships.models import Partnership, User
from reviews.models import Recommendation, RecommendationSource
from reviews.recommendations.actions import SourceWords, save_recommendation, save_source
from reviews.recommendations.answers import AnswerWords, save_answer
from safeguarding.demo.files import Row, known, load_each
from safeguarding.demo.kept import kept_by_people
from safeguarding.demo.printed import said_by


def load_recommendations_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads sources, recommendations and answers, all or none. Returns how many rows were read."""
    files = (
        ("sources of recommendations", "recommendation_sources.csv", _source),
        ("recommendations", "recommendations.csv", _recommendation),
        ("answers", "answers.csv", _answer),
    )
    return load_each(folder, files, partnership, kept_by_people(partnership), by)


def _source(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("made_in")
    found = partnership.recommendation_sources.filter(code=code).first()
    if found and found.key in kept:
        return
    words = SourceWords(
        kind=known(row, "kind", RecommendationSource.Kind.values),
        name=row.required("name"),
        told=read(row.text("told")),
        note=row.text("note"),
        source=said_by(row, partnership),
        fact_id=row.text("fact_id"),
    )
    seen = found.version if found else 0
    save_source(partnership=partnership, code=code, words=words, seen=seen, by=by)


def _recommendation(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("made_in")
    sources = partnership.recommendation_sources.select_related("partnership")
    source = sources.filter(code=code).first()
    if source is None:
        raise row.error(f"there is no {code!r}. Add it to recommendation_sources.csv first.")
    found = _stored(source, row)
    if found and found.key in kept:
        return
    save_recommendation(
        source=source,
        number=row.whole("number", 0),
        part=row.text("part"),
        text=row.required("recommendation"),
        addressee=row.text("addressee"),
        fact_id=row.text("fact_id"),
        seen=found.version if found else 0,
        by=by,
    )


def _answer(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("made_in")
    source = partnership.recommendation_sources.filter(code=code).first()
    recommendation = _stored(source, row) if source else None
    if recommendation is None:
        raise row.error("there is no such recommendation. Add it to recommendations.csv first.")
    if recommendation.key in kept:
        return
    told = row.first_day("told")
    found = recommendation.answers.filter(told=told).first()
    words = AnswerWords(
        words=row.required("answer"),
        promised=read(row.text("promised")),
        note=row.text("note"),
        source=said_by(row, partnership),
        fact_id=row.text("fact_id"),
    )
    seen = found.version if found else 0
    save_answer(recommendation=recommendation, told=told, words=words, seen=seen, by=by)


def _stored(source: RecommendationSource, row: Row) -> Recommendation | None:
    """The recommendation at the place that a row names."""
    found = source.recommendations.select_related("source__partnership")
    return found.filter(number=row.whole("number", 0), part=row.text("part")).first()
