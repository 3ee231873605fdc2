"""A structure chart: who stands under whom, drawn as cards with lines between them.

`spec` says what is on it, `layout` where everything goes, `words` tells the same without a
picture.
"""
