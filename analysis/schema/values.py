"""Values that columns may take."""

WRITER = "writer"
"""The voice of everything that the article attributes to nobody."""
UNKNOWN = "unresolved"
"""The voice of a statement whose speaker could not be resolved."""

AUTO, MODEL, RULES = METHODS = ("auto", "model", "rules")
"""How texts are read: by the learned models with the rules, by the rules alone, or by the models if they are there."""

KINDS = ("person", "state", "organisation", "group", "place")
SEGMENT_KINDS = ("headline", "repeated headline", "dateline", "byline", "body", "boilerplate")
MENTION_FORMS = ("name", "title", "description", "nationality", "group", "pronoun", "place")
QUOTE_TYPES = ("direct", "indirect", "mixed")
PLACEMENTS = ("headline", "body")
CUE_CLASSES = (
    "neutral",
    "structuring",
    "assertive",
    "accusing",
    "denying",
    "conceding",
    "directive",
    "commissive",
    "evaluative",
    "cognitive",
)
SAID, TOLD = MANNERS = ("said", "told")
"""How a position is taken: by words of one's own, or by deeds and words that others tell."""
ROLES = ("villain", "victim", "hero")
FUNCTIONS = ("problem", "cause", "judgement", "remedy")
DEVICES = ("loaded_term", "scare_quote", "hedge", "booster", "unattributed_claim")
LOADINGS = ("delegitimising", "neutral", "legitimising")
STATUSES = ("kept", "set aside")
REASONS = ("empty", "too short", "not English", "no text", "duplicate", "unreadable")
"""Why an article is set aside; `no text` is a row of a table whose text is elsewhere."""
