"""Statements: who is credited with which words. Rules for quoted and reported speech, the learned tagger, cue class,
quotation type, occasion, nesting, voices. Lexicons: ``cues.csv``, lists of ``words.csv``; agreement: ``rules.csv``.
"""
