"""Framing: frames by codebook and model, functions, roles, devices. Lexicons: ``frames.yml``, ``claims.csv``,
``hedges.csv``, ``loaded_terms.csv``, lists of ``words.csv``.
"""
