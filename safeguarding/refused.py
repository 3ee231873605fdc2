"""What no address of the portal asks."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Answers = Callable[[HttpRequest], HttpResponse]


def without_nul(get_response: Answers) -> Answers:
    """Refuses a query with the character NUL: PostgreSQL takes it in no text, and would fail."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The query holds a NUL.")
        return get_response(request)

    return middleware
