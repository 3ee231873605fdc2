"""What WeasyPrint reads addresses with: nothing, neither from outside nor from this machine."""

from weasyprint.urls import FatalURLFetchingError, URLFetcher


class NothingIsFetched(FatalURLFetchingError):  # type: ignore[misc]
    """A document asked for something outside itself; that stops its making."""


class Nothing(URLFetcher):  # type: ignore[misc]
    """Refuses every address, so that no report can be made to read a file or call a server."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> None:
        raise NothingIsFetched("A report holds all that it needs: nothing is fetched for it.")
