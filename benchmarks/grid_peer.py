"""The portal with one page more: a plain formset of as many rows, for `benchmarks.grid`.

It has the same boxes and stores what is typed in a table of its own: Django's formset in Django's
own templates, behind the same sign-in. It shows no earlier figures, checks nothing, keeps no
earlier version, writes no audit row, and of two people on one row the last one wins.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import models
from django.forms import modelformset_factory
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from safeguarding.wsgi import application

__all__ = ["application"]


class PeerRow(models.Model):
    """One figure of one return, as little as can be kept of it."""

    partnership = models.CharField(max_length=40, db_index=True)
    code = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    marker = models.CharField(max_length=4, choices=[("x", "None"), ("z", "Never")], blank=True)
    marker_reason = models.CharField(max_length=200, blank=True)
    provisional = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["PeerRow"]] = models.Manager()

    class Meta:
        app_label = "benchmarks"  # which is not installed: no part of the portal meets it

    def __str__(self) -> str:
        return self.code


BOXES = ["value", "marker", "marker_reason", "provisional", "note"]
PAGE = engines["django"].from_string(
    '<form method="post">{% csrf_token %}{{ rows.management_form }}<table>'
    "{% for form in rows %}<tr><th>{{ form.instance.code }}</th>"
    "{% for field in form %}<td>{{ field.errors }}{{ field }}</td>{% endfor %}</tr>{% endfor %}"
    "</table><button>Save</button></form>"
)


@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    rows_of = modelformset_factory(PeerRow, fields=BOXES, extra=0, renderer=DjangoTemplates())
    stored = PeerRow.objects.filter(partnership=slug).order_by("pk")
    rows = rows_of(request.POST or None, queryset=stored)
    if request.method == "POST" and rows.is_valid():
        rows.save()
        return redirect("peer", slug)
    return HttpResponse(PAGE.render({"rows": rows}, request))


urlpatterns = [
    path("peer/<slug:slug>/", page, name="peer"),
    path("", include("safeguarding.urls")),
]
settings.ROOT_URLCONF = __name__
