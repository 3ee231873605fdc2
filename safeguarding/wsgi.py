"""The WSGI entry point for gunicorn.

A worker that takes its first request has every page's code and templates loaded: otherwise the
first visitor of each worker waits for all of them.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")

application = get_wsgi_application()


def load_everything() -> None:
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import get_resolver

    assert get_resolver().reverse_dict  # made by importing every view
    folder = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*.html")):
        get_template(str(path.relative_to(folder)))
    # What is loaded now stays for good: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()


load_everything()
