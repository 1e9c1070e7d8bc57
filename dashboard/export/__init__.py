"""What can be taken away: pictures, slides, files that open anywhere, citation packs, a static site.

An export shows the same figures, tables and words as a page and needs no running page. `exhibit` reads one figure or
table, `chapters` gathers those of a chart, page or lesson, `formats` makes files of chapters with `pictures`,
`document`, `slides` and `citation`, `files` puts them on the disk whole or not at all.
"""
