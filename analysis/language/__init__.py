"""Language: what every stage asks of words. The parse, the document with what is looked up in it, quotation marks,
syntax, terms of lexicons, and the models: one session each, one tokeniser, one batcher.
"""
