"""Keeps the garbage collector from walking the portal again and again while a file is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_at_the_end() -> Iterator[None]:
    """Collects what became garbage within it once, at its end, and nothing that was there before.

    A layout makes millions of objects and lets hardly any of them go before it ends. Each time
    they have grown by a quarter the collector would walk all there are, with the whole portal: a
    short report took a fifth longer for it. What the libraries leave refers to itself, and would
    stay in a worker until a collection of everything, so it goes here; whatever is to go must
    have been left by its functions before.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if was_on:
            gc.enable()
