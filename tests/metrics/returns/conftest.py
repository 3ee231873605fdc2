"""A newest quarter, and somebody signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from metrics.queries import quarters_to
from partnerships.models import User
from partnerships.periods import Span


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
