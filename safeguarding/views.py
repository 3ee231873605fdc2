"""Pages that belong to no app: errors and health."""

from threading import Thread

import redis
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request as plain_bad_request
from redis.backoff import NoBackoff
from redis.retry import Retry

from partnerships.door import page_of_the_form
from partnerships.unsent import is_from_here, unsent_of

BROKER_SECONDS = 1.0


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read; one that is too large is said to be so (413).

    Django answers 400 to both, and means to: whoever sent it may be testing us. But the
    person whose workbook is too large has to know what to do.
    """
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return plain_bad_request(request, exception)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent without its token: an old page, or a browser without cookies.

    One that stood on a page of ours is offered again, with a token of now. One that stood
    anywhere else is not: a page elsewhere could have somebody send what they never typed.
    """
    unsent = unsent_of(request, page_of_the_form) if is_from_here(request) else None
    if unsent is None:
        return render(request, "403_csrf.html", status=403)
    return render(request, "account/unsent.html", {"unsent": unsent}, status=403)


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process can work: `database` ok or away; `broker` ok, away or none.

    503 without a database. A broker that is away does not make the process unfit: jobs are
    rows, and are sent again when it is back.
    """
    database = _database()
    status = 200 if database == "ok" else 503
    return JsonResponse({"database": database, "broker": _broker()}, status=status)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def _broker() -> str:
    """Asked in a thread that is left behind when the time is up.

    The client's own limits count each address and the answer apart, and not the name's look-up.
    """
    if not settings.REDIS_URL:
        return "none"
    answers: list[str] = []
    asking = Thread(target=_ask_broker, args=[settings.REDIS_URL, answers], daemon=True)
    asking.start()
    asking.join(BROKER_SECONDS)
    return answers[0] if answers else "away"


def _ask_broker(url: str, answers: list[str]) -> None:
    client = redis.Redis.from_url(
        url,
        socket_connect_timeout=BROKER_SECONDS,
        socket_timeout=BROKER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
        answers.append("ok")
    except (redis.RedisError, OSError, ValueError):
        answers.append("away")
    finally:
        client.close()
