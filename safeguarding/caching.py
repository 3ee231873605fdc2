"""What may be kept of an answer on its way, and in the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answers = Callable[[HttpRequest], HttpResponse]


def asked_for_anew(get_response: Answers) -> Answers:
    """Every page and file is made for one person, and of now: no proxy keeps it.

    A browser may keep it, and asks again before it shows it to whoever opens its address. What a
    view says of itself, such as that nothing at all may be kept, stands.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    return middleware
