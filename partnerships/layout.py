"""How a form is laid out: the short way to a crispy helper with GOV.UK buttons."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import BaseInput, Layout, LayoutObject


class SubmitButton(BaseInput):  # type: ignore[misc]
    """A button that sends the form; a second press within a second is not sent.

    `name` is needed only where a form has several buttons and the view asks which.
    """

    input_type = "submit"

    def __init__(self, text: str, *, name: str = "", secondary: bool = False) -> None:
        super().__init__(name, text, css_class="govuk-button--secondary" if secondary else None)


def helper(
    *layout: str | LayoutObject, submit: str, method: str = "post", action: str = ""
) -> FormHelper:
    """A helper with one button; without a layout the fields stand in their own order.

    Set it as the form's `helper` in its `__init__`, and draw it with `{% crispy form %}`.
    """
    made = FormHelper()
    made.form_method = method
    made.form_action = action
    made.render_hidden_fields = True
    made.add_input(SubmitButton(submit))
    if layout:
        made.layout = Layout(*layout)
    return made
