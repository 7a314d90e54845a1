"""Actors: who is meant. Links by named rules, salience, names, offices, camps; and the statements with their
speakers.
"""
