"""The fields of a form of many rows, drawn without templates."""

from django import forms

from partnerships.boxes import boxes, tick


class Row(forms.Form):
    value = forms.CharField(label="Number", help_text="Digits only.")
    marker = forms.ChoiceField(label="If none, why", choices=[("", "A number"), ("x", "None")])
    sure = forms.BooleanField(label="Provisional", required=False)


def test_label_names_its_row_and_nothing_of_it_is_taken_for_html() -> None:
    form = Row(prefix="row")
    drawn = boxes([form["value"]], of="<b>Referrals</b> & more")
    assert "<b>" not in drawn
    row = "&lt;b&gt;Referrals&lt;/b&gt; &amp; more"
    assert f'Number<span class="govuk-visually-hidden">, {row}</span></label>' in drawn
    assert '<div id="id_row-value_helptext" class="govuk-hint">Digits only.</div>' in drawn
    assert 'aria-describedby="id_row-value_helptext"' in drawn


def test_label_that_the_column_shows_is_only_read_out() -> None:
    drawn = boxes([Row()["value"]], heard=True)
    assert '<label class="govuk-visually-hidden" for="id_value">Number</label>' in drawn


def test_what_is_wrong_stands_where_the_box_points_to() -> None:
    form = Row({"marker": "<i>"})
    drawn = boxes([form["value"], form["marker"]])
    assert drawn.count("govuk-form-group--error") == 2
    assert '<div id="id_value_error"><p class="govuk-error-message">' in drawn
    assert 'aria-describedby="id_value_helptext id_value_error"' in drawn
    assert 'class="govuk-input govuk-input--error"' in drawn
    assert 'class="govuk-select govuk-select--error"' in drawn
    assert "&lt;i&gt;" in drawn
    assert "<i>" not in drawn


def test_tick_has_its_label_beside_it() -> None:
    drawn = tick(Row()["sure"], of="Referrals")
    assert '<input type="checkbox" name="sure" class="govuk-checkboxes__input"' in drawn
    assert (
        'for="id_sure">Provisional<span class="govuk-visually-hidden">, Referrals</span>' in drawn
    )
