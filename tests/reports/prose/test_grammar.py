"""What may stand between the braces, and what is said where it may not."""

import pytest

from partnerships.periods import financial_year
from reports.prose.grammar import FORMS, IndicatorToken, ProseError, StatedToken, parse_token


@pytest.mark.parametrize(
    ("text", "token"),
    [
        (" referrals ", IndicatorToken("referrals")),
        ("referrals 2018-19", IndicatorToken("referrals", financial_year(2018))),
        ("referral-rate in england", IndicatorToken("referral-rate", area="england")),
        (
            "share 2018-19 in england where abuse=neglect change",
            IndicatorToken("share", financial_year(2018), "england", "abuse=neglect", "change"),
        ),
        (
            "referral-rate versus england",
            IndicatorToken("referral-rate", form="versus", argument="england"),
        ),
        ("referrals stated", IndicatorToken("referrals", form="stated")),
        ("referrals stated 2", IndicatorToken("referrals", form="stated", argument="2")),
        ("share list abuse", IndicatorToken("share", form="list", argument="abuse")),
        ("budget/2019-20/total/actual", StatedToken("budget", ("2019-20", "total", "actual"))),
        ("named/teams Written", StatedToken("named", ("teams",), "Written")),
    ],
)
def test_token_that_is_right_is_read(text: str, token: IndicatorToken | StatedToken) -> None:
    assert parse_token(text) == token


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"versus", "list"}))
def test_each_form_without_an_argument_is_known(form: str) -> None:
    assert parse_token(f"referrals {form}") == IndicatorToken("referrals", form=form)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing between"),
        ("Referrals", "“Referrals” is not the code of an indicator"),
        ("referrals 2018-20", "2018-20"),
        ("referrals in", "After “in” comes the code of an area"),
        ("referrals where neglect", "After “where” comes a breakdown"),
        ("referrals chnage", "“chnage” is not a form of a figure. It is one of value, of, change"),
        ("referrals versus", "After “versus” comes an area"),
        ("referrals change now", "“now” says nothing after “change”"),
        ("referrals stated 0", "“0” says nothing after “stated”"),
        ("referrals stated again", "“again” says nothing after “stated”"),
        ("budget//actual", "a part of it is empty"),
        ("budget/2019-20 change", "“change” says nothing after an address. One of number, written"),
        ("named/teams number written", "“number” says nothing after an address"),
    ],
)
def test_token_that_is_wrong_says_what_to_mend(text: str, words: str) -> None:
    with pytest.raises(ProseError, match=words):
        parse_token(text)
