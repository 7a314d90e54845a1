"""Formats: each module recognises and reads one family of files; :mod:`registry` is the order in which they are
asked.
"""
