"""Small files in the layouts of published ones, about places that do not exist."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from metrics.models import Area, AreaCode, Indicator
from metrics.official.intake import import_file
from metrics.official.layouts import LAYOUTS
from partnerships.people.actions import system_actor
from tests.factories import AreaFactory, IndicatorFactory
from tests.world import NOW, World

NEED = LAYOUTS[0]
REPEAT = LAYOUTS[1]
CARE = LAYOUTS[2]
POPULATION = LAYOUTS[3]

ENGLAND, REGION = "E92999999", "E12999999"
AUTHORITIES = [f"E0899999{n}" for n in range(6)]

SETS = (
    "old_la_code,la_name,region_ind,region_name,SN_1,SN_1P,SN_2,SN_2P,SN_3,SN_3P\n"
    "900,,,,901,Close,902,Close,903,Close\n"
)

Row = dict[str, str]


def place(code: str, year: str = "2020") -> Row:
    """The columns that every layout begins with."""
    level = {"E92": "National", "E12": "Regional"}.get(code[:3], "Local authority")
    return {
        "time_period": year,
        "time_identifier": "Reporting year",
        "geographic_level": level,
        "country_code": ENGLAND,
        "country_name": "Anyland",
        "region_code": "" if level == "National" else code if level == "Regional" else REGION,
        "region_name": "",
        "old_la_code": "",
        "new_la_code": code if level == "Local authority" else "",
        "la_name": "",
    }


def in_need(code: str, value: str, year: str = "2020") -> Row:
    left_out = dict.fromkeys(NEED.left_out, "1")
    return place(code, year) | left_out | {"category": "Children in Need", "At31_episodes": value}


def repeat(code: str, again: str, of: str, percent: str, year: str = "2020") -> Row:
    return place(code, year) | {
        "category": "Child Protection Plans which are a second or subsequent plan",
        "CPP_start": of,
        "CPP_subsequent": again,
        "CPP_subsequent_percent": percent,
    }


def in_care(code: str, count: str, of: str, rate: str, year: str = "2020") -> Row:
    return place(code, year) | {
        "population_type": "Children looked after on 31 March each year",
        "children_count": count,
        "population_estimate": of,
        "rate_per_10000": rate,
    }


def population(code: str, value: str, year: str = "2019") -> Row:
    ages = "Children aged 0 to 17 years"
    return place(code, year) | {"age_group": ages, "population_estimate": value}


def write(
    file: Path, rows: Iterable[Mapping[str, str]], *, mark: bool = False, turned: bool = False
) -> Path:
    """A file of the rows; with a byte-order mark, or its columns the other way round."""
    made = list(rows)
    columns = list(made[0])[:: -1 if turned else 1]
    with file.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(made)
    return file


def register() -> dict[str, Area]:
    """England, a region and six authorities with their codes, and every indicator of a layout."""
    england = AreaFactory(code="anyland", name="Anyland", kind="country", partnership=None)
    region = AreaFactory(code="the-region", name="The Region", kind="region", partnership=None)
    areas: dict[str, Area] = {ENGLAND: england, REGION: region}
    for number, code in enumerate(AUTHORITIES):
        areas[code] = AreaFactory(
            code=f"council-{number}",
            name=f"Council {number}",
            kind="authority",
            partnership=None,
            region=region,
        )
    for number, (code, area) in enumerate(areas.items()):
        AreaCode.objects.create(area=area, scheme="ons", code=code)
        if number > 1:
            AreaCode.objects.create(area=area, scheme="dfe", code=str(898 + number))
    for layout in LAYOUTS:
        for measured in layout.measures:
            if not Indicator.objects.filter(code=measured.indicator).exists():
                _indicator(measured.indicator)
    return areas


def _indicator(code: str) -> None:
    percent, rate = code == "cpp-repeat", code.endswith("-rate")
    IndicatorFactory(
        code=code,
        name=code.replace("-", " ").capitalize(),
        unit="percent" if percent else "rate" if rate else "count",
        base=10_000 if rate else 1,
        unit_words="per 10,000 children" if rate else "",
        decimals=1 if percent else 0,
        polarity="lower-is-better" if percent else "neutral",
        kind_of_count="proportion" if percent else "clustered",
        disclosive=code != "population-0-17",
    )


def fill(world: World, folder: Path) -> None:
    """Testshire is an authority with three neighbours; shares of all, numbers of two."""
    areas = register()
    areas[AUTHORITIES[0]].codes.update(area=world.area)
    Area.objects.filter(pk=world.area.pk).update(region=areas[REGION])
    file = folder / "sn_2025.csv"
    file.write_text(SETS, encoding="utf-8")
    import_file(file, by=system_actor(), at=NOW)
    of = {code: str(20 + 2 * number) for number, code in enumerate(AUTHORITIES[:4])}
    for rows in (
        [
            *(repeat(code, value, "100", value) for code, value in of.items()),
            repeat(AUTHORITIES[4], "c", "c", "c"),
            repeat(REGION, "220", "1000", "22"),
            repeat(ENGLAND, "2300", "10000", "23"),
        ],
        [in_need(AUTHORITIES[0], "2109"), in_need(AUTHORITIES[1], "100")],
        [in_care(AUTHORITIES[0], "796", "83000", "96")],
    ):
        import_file(write(folder / "official.csv", rows), by=system_actor(), at=NOW)
