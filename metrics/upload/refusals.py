"""How a file or a part of it is refused: a sentence that says what, where, and what to do."""


class FileRefused(Exception):
    """The file cannot be read as a whole. The sentence is for the person who sent it."""


class ColumnsUnknown(FileRefused):
    """The columns were not recognised; `headings` is what stands in the first full row."""

    def __init__(self, sentence: str, headings: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.headings = headings


class Unreadable(Exception):
    """One cell cannot be read; the sentence does not say where the cell is."""


class RowRefused(Exception):
    """One row cannot be taken: the field in which the mistake stands, and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class LeftOut(Exception):
    """One row is not of this return, and that is no mistake; the words are counted under."""
