"""Sentences encoded together have the embeddings that they have one by one."""

from __future__ import annotations

import json
import os
import subprocess

from tests.understanding.conftest import PYTHON, ROOT

SENTENCES = [
    "can i use app on my device",
    "what is the rule for app here",
    "no",
    "is it",
    "thanks",
    "can i use app on my device",
    *(f"{n} of us are going" for n in range(150)),
]
PROGRAM = """
import json, sys
from understanding.embedding import encoder
sentences = json.load(sys.stdin)
together = encoder().encode_all(sentences)
encoder().prepare("no", "is it")
runs, encoder()._run = [], lambda tokens, run=encoder()._run: runs.append(1) or run(tokens)
encoder().encode("no"), encoder().encode("is it")
remembered = not runs
alike = [float(together[s] @ encoder().encode(s)) for s in sentences]
print(json.dumps({"alike": min(alike), "others": float(together["no"] @ encoder().encode("thanks")),
                  "remembered": remembered, "embedded": len(together), "shape": together["no"].shape}))
"""


def test_sentences_encoded_together_have_the_embeddings_of_each_alone() -> None:
    """In batches of one length and one by one: a model trained on the one reads by the other."""
    done = subprocess.run(
        [str(PYTHON), "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(ROOT / "bot")},
        input=json.dumps(SENTENCES),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["remembered"]
    assert found["alike"] > 0.99999
    assert found["others"] < 0.9
    assert found["embedded"] == len(set(SENTENCES))
    assert found["shape"] == [384]
