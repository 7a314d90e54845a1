"""Reading: what researchers have on their disks, to articles of one normalised text with segments and metadata.

`formats/` recognises and reads one family of files each, to drafts; `formats/registry.py` is their order. `errors`,
`offsets`, `normalising`, `decoding`, `draft`, `dates` are what all readers share; `archives` and `pairing` bring
files together; `opening` takes any of them; `segments` and `datelines` tell the parts of an article; `article` is
what comes of it; `collection` reads many and keeps account of all. Lexicon: ``codebook/segments.csv``.
"""
