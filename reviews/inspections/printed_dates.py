"""A date as a letter prints it, beside what it is. Pure."""

from datetime import date

from partnerships.periods import day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday(on: date) -> str:
    return WEEKDAYS[on.weekday()]


def misprint(printed: str, on: date) -> str:
    """What is wrong with a printed date, in a sentence; empty where nothing is.

    `on` is the date as the portal reckons with it.
    """
    lower = printed.lower()
    named = [name for name in WEEKDAYS if name.lower() in lower]
    if named and named != [weekday(on)]:
        return f"Printed as “{printed}”. {day(on)} is a {weekday(on)}."
    if printed and day(on).lower() not in lower:
        return f"Printed as “{printed}”. The portal reckons with {day(on)}."
    return ""
