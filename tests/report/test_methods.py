"""The methods paragraph and the checklist: what was validated, and what was not."""

from analysis.report.methods import Validation, checklist, methods_paragraph
from tests.findings.test_comparison import article, corpus

GOOD = Validation("stance", units=200, coders=2, alpha=0.85, macro_f1=0.62, low=0.55, high=0.7)
POOR = Validation("role", units=50, coders=2, alpha=0.4, macro_f1=0.3, low=None, high=None)
NONE = Validation("camp", units=0, coders=1, alpha=float("nan"), macro_f1=float("nan"), low=None, high=None)


def intake(name, status="kept", **more):
    return {"article_id": name, "source_file": name, "status": status} | more


def test_the_paragraph_counts_and_says_what_was_not_validated():
    found = corpus(
        articles=[article("a", "Post", "2020-01-03"), article("b", "Herald", "2020-02-01")],
        intake=[intake("a"), intake("b", duplicate_of="a"), intake("c", "set aside", reason="too short")],
    )
    text = methods_paragraph(found, model="en-1", validations={"stance": GOOD, "camp": NONE})
    assert "Of 3 articles found, 2 were kept and 1 set aside (1 too short)." in text
    assert "from 2 outlets, dated 2020-01-03 to 2020-02-01" in text and "1 near-duplicate counts once" in text
    assert "2 coders coded 200 units" in text and "alpha 0.85" in text and "0.62 (95 % interval 0.55 to 0.70)" in text
    assert "Not validated on these texts: statements" in text and "camps" in text.split("Not validated")[1]


def test_the_checklist_warns():
    rows = checklist({"stance": GOOD, "role": POOR, "camp": NONE}).set_index("measure")
    assert (
        rows.loc["stance", "warning"] == ""
        and "200 units, 2 coders: alpha 0.85" in rows.loc["stance", "validated here"]
    )
    assert "agree too little" in rows.loc["roles", "warning"]
    assert rows.loc["camps", "warning"].startswith("not validated") and "79 %" in rows.loc["statements"].iloc[1]
    for name in ("addressee", "occasion", "medium (via)", "class of the cue"):
        assert "do not rest a finding on it" in rows.loc[name, "warning"]
