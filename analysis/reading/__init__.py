"""Intake: what researchers have on their disks, read to articles.

`errors`, `offsets`, `normal`, `decode`, `draft`, `dates` are what all readers share; `sniff` tells what a file is;
`plain`, `page`, `pdf`, `word`, `nexis`, `factiva`, `proquest`, `tables` read one family of formats each; `archives`
and `pairing` bring files together; `opening` takes any of them; `collection` reads many and keeps account of all.
"""
