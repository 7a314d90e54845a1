"""Mentions: where somebody is named, described or meant by a pronoun, before it is known who."""
