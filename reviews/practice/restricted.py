"""What could point to a child: read by named roles only, and each reading is recorded."""

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from partnerships.audit import record
from partnerships.models import User
from partnerships.refusals import Overtaken
from reviews.models import PracticeReview, ReviewCircumstances


@sensitive_variables("found")
def read_circumstances(*, review: PracticeReview, by: User) -> tuple[str, int]:
    """The text and its version (empty and 0 where nothing is kept), and a row that says who read.

    The row is written whether or not there is something to read.
    """
    with transaction.atomic():
        found = ReviewCircumstances.objects.filter(review=review).first()
        _record(by, "restricted details read", review)
    return (found.text, found.version) if found else ("", 0)


@sensitive_variables("text", "found")
def save_circumstances(*, review: PracticeReview, text: str, seen: int, by: User) -> None:
    """Keeps the text, or removes it where it is empty. The record says that, never the text.

    Raises `Overtaken` where the version seen is not the one that stands.
    """
    with transaction.atomic():
        PracticeReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        found = ReviewCircumstances.objects.filter(review=review).first()
        if (found.text if found else "") == text:
            return
        if (found.version if found else 0) != seen:
            raise Overtaken
        if text:
            values = {"text": text, "version": seen + 1}
            ReviewCircumstances.objects.update_or_create(review=review, defaults=values)
        else:
            ReviewCircumstances.objects.filter(review=review).delete()
        _record(by, "restricted details changed" if text else "restricted details removed", review)


def _record(by: User, verb: str, review: PracticeReview) -> None:
    record(by=by, verb=verb, subject=review.key, partnership=review.partnership)
