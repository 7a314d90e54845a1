"""Stand-ins: persons are read under other names, and every piece keeps the characters of the article."""

from analysis import parse, read_text
from analysis.language.encoder import windows
from analysis.language.models import load_tokenizer
from analysis.language.stand_ins import chosen, encode, names_in, stand_ins_of

TEXT = "Mr Ada Quill met Peter Holm in Norway. Quill’s aides said Holm, 51, had lied to the Holmes family."


def parsed(text):
    return parse(read_text(text, article_id="a"))


def test_persons_are_read_as_others_and_nobody_else():
    names = stand_ins_of(parsed(TEXT).doc)
    assert {"Quill", "Peter", "Holm"} <= set(names) and not {"Norway", "Mr"} & set(names)
    assert len(set(names.values())) == len(names)


def test_the_same_words_about_others_are_read_alike():
    other = TEXT.replace("Quill", "Trump").replace("Holm,", "Clinton,").replace("Holm ", "Clinton ")
    read = []
    for text in (TEXT, other):
        one = parsed(text)
        (window,) = windows(one.text, [(0, len(one.text))], names=stand_ins_of(one.doc))
        read.append(window.ids)
    assert read[0] == read[1]


def test_pieces_keep_the_characters_of_the_article():
    tokenizer, names = load_tokenizer(), {"Quill": "Anderson", "Holm": "Evans"}
    ((ids, offsets),) = encode([TEXT], names, tokenizer)
    read = [(tokenizer.id_to_token(one), TEXT[a:b]) for one, (a, b) in zip(ids, offsets, strict=True)]
    assert [pair for pair in read if pair[0] in ("anderson", "evans")] == [
        ("anderson", "Quill"),
        ("evans", "Holm"),
        ("anderson", "Quill"),
        ("evans", "Holm"),
    ]
    assert {("norway", "Norway"), ("lied", "lied"), ("family", "family")} <= set(read)
    assert offsets == sorted(offsets)


def test_a_name_in_the_text_is_nobodys_stand_in_and_the_list_may_end():
    assert chosen(["Quill"], [0], {"Anderson"}) == {"Quill": "Thompson"}
    many = [f"Name{n}" for n in range(500)]
    found = chosen(many, range(500), ())
    assert len(found) == len(set(found.values())) < 500


def test_what_is_mostly_a_place_is_no_name():
    text = "Washington said no. Washington is angry. Officials in Washington met Washington Post reporters in Norway."
    assert "Washington" not in names_in(parsed(text).doc)
