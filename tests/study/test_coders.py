"""Coders of every kind: a function, a file, a language model behind a server, all as sheets like those of people."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas as pd
import pytest

from analysis import analyse, findings, read_text
from analysis.__main__ import main
from analysis.codebook import CodebookError
from analysis.study import coding
from analysis.study.chat import ChatCoder, CoderError, prompt, understood
from analysis.study.coders import FileCoder, FunctionCoder, add_coder, asked_of, judged

TEXT = """Norway rejects the claims

Norwegian Foreign Minister Ine Soreide said on Monday that Denmark had stolen the fish.

Danish Prime Minister Mette Frederiksen dismissed the claims. "We will help Norway," she told reporters in Oslo."""


class Server(ThreadingHTTPServer):
    """A small server that speaks the protocol; `reply` makes its answers of what it is asked."""

    def __init__(self, reply, status=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply, self.status, self.asked = reply, list(status or ()), []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.server.status.pop(0) if self.server.status else 200
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        content = {"error": {"message": "not now"}}
        if status == 200:
            message = {"role": "assistant", "content": self.server.reply(body["messages"])}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            content = {"id": "1", "object": "chat.completion", "created": 1, "model": "small-1.2", "choices": [choice]}
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def serve():
    made = []

    def start(reply, status=None):
        made.append(Server(reply, status))
        return made[-1]

    yield start
    for one in made:
        one.shutdown()
        one.server_close()


@pytest.fixture(scope="module")
def units():
    return coding.units_of(analyse(read_text(TEXT, article_id="fish"), method="rules"), "stance")


@pytest.fixture
def sample(units, tmp_path):
    coding.write_sheets(coding.draw(units, 10), "stance", tmp_path, ["ann"])
    return coding.drawn(units, coding.read_key(tmp_path, "stance"))


def by_words(messages):
    """A model that reads: against if something was stolen, for if there is help."""
    text = messages[1]["content"]
    label = "-1" if "[[Denmark had stolen" in text else "1" if "[[We will help" in text else "0"
    return f'Here it is: {{"label": "{label}", "why": "the words"}}'


def test_a_model_fills_a_sheet_that_agrees_as_any_coders_does(serve, sample, units, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    server = serve(by_words)
    coder = ChatCoder(server.url, "small", seed=3, store=tmp_path / "store")
    file = add_coder(coder, sample, "stance", tmp_path, "small")
    codings = coding.read_codings([file])
    assert len(codings) == len(sample) == len(server.asked) and set(codings["coder"]) == {"small"}
    path, key, body = server.asked[0]
    assert (path, key) == ("/v1/chat/completions", "Bearer secret")
    assert (body["model"], body["seed"], body["temperature"]) == ("small", 3, 0.0)
    assert "Which position does the source take" in body["messages"][1]["content"]
    labels = coding.questions()["stance"].labels
    key = coding.read_key(tmp_path, "stance")
    scores = findings.agreement.against_gold(key, findings.agreement.gold(codings), labels)
    assert scores.set_index("label").loc["-1", "n"] >= 1
    about = json.loads((tmp_path / "stance-small.json").read_text(encoding="utf-8"))
    assert about["answered"] == len(sample) and "secret" not in json.dumps(about)
    assert about["coder"]["answered by"] == ["small-1.2"] and about["coder"]["seed"] == 3


def test_nothing_is_asked_twice_and_another_seed_is_another_question(serve, sample, tmp_path):
    server = serve(by_words)
    ask = asked_of(sample, "stance")
    first = judged(ChatCoder(server.url, "small", store=tmp_path), ask)
    again = judged(ChatCoder(server.url, "small", store=tmp_path), ask)
    pd.testing.assert_frame_equal(first, again)
    assert len(server.asked) == len(ask)
    judged(ChatCoder(server.url, "small", seed=2, store=tmp_path), ask)
    assert len(server.asked) == 2 * len(ask)


def test_an_answer_that_is_no_label_is_asked_again_and_then_is_none(serve, sample):
    ask = asked_of(sample, "stance")[:1]
    server = serve(lambda messages: '{"label": "1"}' if len(messages) > 2 else "Rather in favour, I think.")
    assert judged(ChatCoder(server.url, "small"), ask)["label"].tolist() == ["1"]
    server = serve(lambda messages: '{"label": "good"}')
    (row,) = judged(ChatCoder(server.url, "small"), ask).to_dict("records")
    assert row["label"] is None or pd.isna(row["label"])
    assert "no label" in row["note"] and len(server.asked) == 2


def test_a_server_that_is_busy_is_asked_again(serve, sample):
    server = serve(by_words, status=[503, 429])
    assert judged(ChatCoder(server.url, "small"), asked_of(sample, "stance")[:1])["label"].notna().all()
    assert len(server.asked) == 3


@pytest.mark.parametrize(("status", "told"), [(401, "OPENAI_API_KEY"), (404, "check the model 'small'")])
def test_what_a_server_refuses_is_one_sentence(serve, sample, status, told):
    server = serve(by_words, status=[status])
    with pytest.raises(CoderError, match=told):
        ChatCoder(server.url, "small")(asked_of(sample, "stance")[0])


def test_no_server(sample, monkeypatch):
    monkeypatch.setattr("analysis.study.chat.RETRIES", 0)
    with pytest.raises(CoderError, match="does not answer"):
        ChatCoder("http://127.0.0.1:9/v1", "small")(asked_of(sample, "stance")[0])


@pytest.mark.parametrize(
    ("reply", "free", "label"),
    [
        ('{"label": "Iran"}', False, "Iran"),
        ('```json\n{"label": "iran", "why": "it says so"}\n```', False, "Iran"),
        ("Iran", False, "Iran"),
        ('{"label": "Norway"}', False, None),
        ('{"label": "Norway"}', True, "Norway"),
        ("I would say Norway", True, None),
        ('{"label": ', False, None),
        ("", False, None),
    ],
)
def test_what_is_understood(reply, free, label):
    answer = understood(reply, ["Iran", "none"], free=free)
    assert (answer and answer.label) == label


def test_names_are_asked_for_with_those_of_the_article(units):
    analysis = analyse(read_text(TEXT, article_id="fish"), method="rules")
    asked = asked_of(coding.units_of(analysis, "speaker").assign(probability=1.0), "speaker")
    told = prompt(asked[0])
    assert "Ine Soreide" in told and "nobody" in told and "or another name" in told


def test_a_function_and_a_file_are_coders_too(sample, tmp_path):
    file = add_coder(
        FunctionCoder(lambda asked: "1" if "help" in asked.text else None), sample, "stance", tmp_path, "me"
    )
    codings = coding.read_codings([file])
    assert set(codings["label"]) == {"1"} and len(codings) < len(sample)
    judgements = tmp_path / "judgements.csv"
    sample.assign(label=["-1", *["good"] * (len(sample) - 1)])[["unit", "label"]].to_csv(judgements, index=False)
    told = judged(FileCoder(judgements), asked_of(sample, "stance"))
    assert told["label"].tolist()[0] == "-1" and told["label"].notna().sum() == 1
    assert "'good' is none of the labels." in told["note"].tolist()[1]
    with pytest.raises(CodebookError, match="unit and label"):
        FileCoder(tmp_path / "key-stance.csv")(asked_of(sample, "stance")[0])


def test_a_sheet_that_is_there_is_left_alone(serve, sample, tmp_path):
    server = serve(by_words)
    file = add_coder(ChatCoder(server.url, "small"), sample, "stance", tmp_path, "small")
    before, number = file.read_bytes(), len(server.asked)
    assert add_coder(ChatCoder(server.url, "small"), sample, "stance", tmp_path, "small").read_bytes() == before
    assert len(server.asked) == number


def test_the_command_draws_once_and_asks_nobody_unasked(serve, tmp_path, capsys):
    article = tmp_path / "fish.txt"
    article.write_text(TEXT, encoding="utf-8")
    server = serve(by_words)
    common = ["code", str(article), "--question", "stance", "--sheets", str(tmp_path / "coding"), "--method", "rules"]
    common += ["--out", str(tmp_path / "out"), "--number", "10"]
    assert main([*common, "--coders", "ann,ben"]) == 0 and not server.asked
    assert "sheets for ann, ben" in capsys.readouterr().out
    key = (tmp_path / "coding" / "key-stance.csv").read_bytes()
    assert main([*common, "--coder", server.url, "--coder-model", "small:1b"]) == 0
    assert "small:1b answered" in capsys.readouterr().out
    assert (tmp_path / "coding" / "key-stance.csv").read_bytes() == key
    assert {one.name for one in (tmp_path / "coding").glob("*.xlsx")} == {
        "stance-ann.xlsx",
        "stance-ben.xlsx",
        "stance-small_1b.xlsx",
    }
    assert main([*common, "--coder", server.url]) == 2
    assert main(common) == 2 and "Nobody codes" in capsys.readouterr().err
