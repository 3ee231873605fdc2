"""Blocks: one object for each piece of a page or report, from which all its forms are drawn.

`data` is what a block is made of, `figures` what every block is made of in print, and one
module for each kind of block makes it: `indicator` (sentence, table, chart). A block knows no
database and no template; pages, the HTML report and the PDF draw it with the same template.
"""
