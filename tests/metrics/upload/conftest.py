from tests.partnerships.jobs.conftest import ground, places

__all__ = ["ground", "places"]  # databases whose transactions commit, and processes on them
