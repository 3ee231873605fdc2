"""The tests mirror the apps; `tests.factories` makes rows and `tests.conftest` the named people."""
