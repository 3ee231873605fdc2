"""Notes beneath tables: nothing is said twice."""

from reports.accounts.notes import notes_once


def test_a_note_on_several_is_said_once_with_their_names() -> None:
    noted = [("Alpha", "By hand."), ("Beta", ""), ("Gamma", "By hand."), ("Alpha", "By hand.")]
    assert list(notes_once(noted)) == ["Alpha; Gamma: By hand."]


def test_a_sentence_that_many_notes_hold_is_said_once_beside_what_is_their_own() -> None:
    dated = "No day is printed."
    noted = [("Alpha", f"Rounded. {dated}"), ("Beta", dated), ("Gamma", f"Nearly. {dated}")]
    assert list(notes_once(noted)) == [
        "Alpha: Rounded.",
        f"Alpha; Beta; Gamma: {dated}",
        "Gamma: Nearly.",
    ]
    assert list(notes_once(noted[:2])) == [f"Alpha: Rounded. {dated}", f"Beta: {dated}"]
