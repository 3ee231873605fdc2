"""Charts: one pure spec, drawn as static SVG and as a Plotly figure, and put into words.

`spec` says what a chart shows, `svg.draw` and `plotly_figure.figure` draw it, `alt` words it.
Nothing here knows the database or the web; the table beneath a chart is its block's.
"""
