"""The portal's addresses, with one that fails."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from safeguarding import urls

handler400 = urls.handler400


def fail(request: HttpRequest) -> NoReturn:
    raise RuntimeError("the name of a child")


urlpatterns = [path("fail/", fail), *urls.urlpatterns]
