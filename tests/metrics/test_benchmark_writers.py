"""The people of the benchmark: that they read a form as a browser does, and type into it."""

import random

from django import forms

from benchmarks.writers import Typing, fields_of


class Row(forms.Form):
    value = forms.CharField()
    marker = forms.ChoiceField(choices=[("", "A number"), ("x", "None")])
    provisional = forms.BooleanField(required=False)
    sure = forms.BooleanField(required=False)
    note = forms.CharField(widget=forms.Textarea)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def page(code: str) -> str:
    note = 'They said "no" & left'
    initial = {"value": "1 < 2", "marker": "x", "sure": True, "note": note, "seen": 3}
    return str(Row(initial=initial, prefix=code))


def test_fields_are_those_that_a_browser_sends() -> None:
    assert fields_of(page("referrals")) == {
        "referrals-value": "1 < 2",
        "referrals-marker": "x",
        "referrals-sure": "on",
        "referrals-note": 'They said "no" & left',
        "referrals-seen": "3",
    }


def test_typing_changes_so_many_rows_and_answers_what_is_asked() -> None:
    fields = {f"row-{n}-value": "" for n in range(9)} | {"row-1-asked": "far:1/None/None"}
    rows = {f"row-{n}-": {"value": (200.0, 1)} for n in range(9)}
    rows["elsewhere-"] = {"value": (1.0, 0)}
    sent = Typing(rows, 4).over(fields, random.Random(1))
    typed = [float(text) for name, text in sent.items() if name.endswith("-value") and text]
    assert len(typed) == 4
    assert all(196 <= number <= 204 for number in typed)
    assert sent["row-1-answer"] == "checked"
    assert "elsewhere-value" not in sent


def test_typing_strays_into_one_row_of_anybodys_now_and_then() -> None:
    every = {f"row-{n}-": {"value": (200.0, 1)} for n in range(9)}
    fields = {f"row-{n}-value": "" for n in range(9)}
    mine = {row: every[row] for row in list(every)[:2]}
    chance = random.Random(1)
    strayed = []
    for _ in range(200):
        sent = Typing(mine, 2, every).over(fields, chance)
        typed = {name for name, text in sent.items() if text}
        assert typed >= {"row-0-value", "row-1-value"}
        strayed.append(len(typed - {"row-0-value", "row-1-value"}))
    assert set(strayed) == {0, 1}
    assert 5 <= sum(strayed) <= 35
