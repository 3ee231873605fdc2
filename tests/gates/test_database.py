"""What runs on one database only is what cannot query any."""

from pathlib import Path

from tests.gates.copies import copy_of_the_project, run

TESTS = """
import pytest
from partnerships.models import Partnership


def runs_on_both(request):
    return request.node.get_closest_marker("database") is not None


def test_pure(request):
    assert not runs_on_both(request)


def test_query_without_asking(request):
    assert not runs_on_both(request)
    Partnership.objects.count()


@pytest.mark.django_db
def test_marked(request):
    assert runs_on_both(request)
    assert Partnership.objects.count() == 0


def test_through_a_fixture_of_a_fixture(request, contributor):
    assert runs_on_both(request)
    assert Partnership.objects.count() == 1


class TestClass:
    def test_of_a_class(self, request, testshire):
        assert runs_on_both(request)
        assert Partnership.objects.count() == 1
"""
PASSED = ("test_pure", "test_marked", "test_through_a_fixture_of_a_fixture", "test_of_a_class")


def test_query_of_a_test_that_runs_on_one_database_is_refused(tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    (copy / "tests/test_planted.py").write_text(TESTS, encoding="utf-8")
    said = run(copy, "pytest", "-v", "-p", "no:cacheprovider", "tests/test_planted.py").stdout
    assert [name for name in PASSED if f"::{name} PASSED" not in said] == []
    assert "::test_query_without_asking FAILED" in said
    assert "Database access not allowed" in said
