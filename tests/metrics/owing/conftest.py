"""The fixtures of returns: a newest quarter, and somebody signed in."""

from tests.metrics.returns.conftest import newest, signed_in

__all__ = ["newest", "signed_in"]
