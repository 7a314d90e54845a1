"""Positions: for or against, by rules and a model, and how the words around a mention sound. Which rules to believe:
``stance_rules.csv``.
"""
