"""Third-party page assets: which files of npm's packages are served, and under what hashed names.

Only named files are taken. govuk-frontend also ships the GDS Transport font and the crown,
which are licensed for gov.uk alone, and hundreds of source files. Its stylesheet refers to
the font and the crown by fixed `/assets/...` addresses; nothing is served there, and nothing
asks for them: `static/css/portal.css` takes that stylesheet in and replaces the font everywhere,
and no template uses the crown (a browser test watches both).
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core import checks
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedFiles(FileSystemStorage):
    """The files of `NPM_ASSETS`, under the names that pages use."""

    def __init__(self, files: Mapping[str, str]) -> None:
        super().__init__(location=settings.BASE_DIR / "node_modules")
        self.files = files

    def path(self, name: str) -> str:
        return super().path(self.files[name])


class NpmFinder(BaseFinder):
    """Finds the files of `settings.NPM_ASSETS` in node_modules."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = NamedFiles(settings.NPM_ASSETS)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        missing = [name for name in self.storage.files if not self.storage.exists(name)]
        if not missing:
            return []
        return [
            checks.Warning(
                f"Page assets are missing: {', '.join(missing)}.",
                hint="Run npm ci.",
                id="safeguarding.W010",
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [self.storage.path(path)] if path in self.storage.files else []
        found = [each for each in found if Path(each).exists()]
        if find_all:
            return found
        return found[0] if found else []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, NamedFiles]]:
        for name in self.storage.files:
            if not matches_patterns(name, ignore_patterns or []) and self.storage.exists(name):
                yield name, self.storage


class PortalStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed names, also for what our JavaScript modules import."""

    support_js_module_import_aggregation = True
