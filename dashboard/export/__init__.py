"""What can be taken away: pictures, slides, files that open anywhere, citation packs, a static site.

An export shows the same figures, tables and words as a page and needs no running page. `exhibit` reads, `pictures`,
`document`, `slides` and `citation` turn an exhibit into bytes, `files` puts bytes on the disk whole or not at all,
`contents` says what there is to export.
"""
