"""Knowledge: what is known before the article. States, bodies, offices, groups, first names, regions, and how names
are written. Lexicons: ``states.csv``, ``organisations.csv``, ``offices.csv``, ``groups.csv``, ``first_names.csv``,
``regions.csv``.
"""
