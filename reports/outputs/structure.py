"""Mends the structure of a PDF where the renderer falls short of PDF/UA.

- Header cells get their scope, column or row, beside the headers that each cell names already.
- Charts get their whole description as alternative text, not the title alone, and the box that
  they stand in in the page's own units.
- Captions that belong to no table become paragraphs.
- Links say where they lead: the renderer gives only the name of the place.
"""

import io
from collections.abc import Iterator, Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from metrics.charts.pictures import Picture, told

PIXEL = 0.75  # of a point: the renderer counts in CSS pixels, from the top


class StructureError(RuntimeError):
    """The PDF is not made as expected: a newer renderer may do it in another way."""


def mended(raw: bytes, charts: Sequence[Picture], links: Mapping[str, str]) -> bytes:
    """The PDF with its structure mended. The same PDF gives the same bytes.

    `charts` are those of the document in reading order; `links` says what stands at each place
    that a link leads to, by the place's name. Raises `StructureError` where a chart or a place
    is missing.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        figures = []
        for element, above in _elements(pdf.Root.StructTreeRoot):
            match str(element.S):
                case "/TH":
                    scope = Name.Column if "/THead" in above else Name.Row
                    element.A.Scope = scope
                case "/Figure":
                    figures.append(element)
                case "/Caption" if "/Table" not in above:
                    element.S = Name.P
        _describe(figures, charts)
        _name_links(pdf, links)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _elements(root: Object) -> Iterator[tuple[Object, tuple[str, ...]]]:
    """Every structure element in reading order, with the types of those above it."""
    waiting: list[tuple[Object, tuple[str, ...]]] = [(kid, ()) for kid in reversed(_kids(root))]
    while waiting:
        element, above = waiting.pop()
        yield element, above
        inside = (*above, str(element.S))
        waiting += [(kid, inside) for kid in reversed(_kids(element))]


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K", Array())
    every = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in every if isinstance(kid, Dictionary) and "/S" in kid]


def _describe(figures: Sequence[Object], charts: Sequence[Picture]) -> None:
    if len(figures) != len(charts):
        raise StructureError(f"The PDF has {len(figures)} figures for {len(charts)} charts.")
    for element, chart in zip(figures, charts, strict=True):
        element.Alt = String(told(chart))
        height = float(element.Pg.MediaBox[3])
        left, top, right, bottom = (float(edge) * PIXEL for edge in element.A.BBox)
        element.A.BBox = Array(
            [round(edge, 3) for edge in (left, height - bottom, right, height - top)]
        )


def _name_links(pdf: pikepdf.Pdf, links: Mapping[str, str]) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", Array()):
            if annotation.Subtype == Name.Link and "/Dest" in annotation:
                place = str(annotation.Dest)
                if place not in links:
                    raise StructureError(f"A link leads to {place}, which is no place in it.")
                annotation.Contents = String(links[place])
