"""The classifier of intents, and of what tells a role: logistic regression over sentence embeddings, word
counts and a few facts.

Entities are masked before a sentence is embedded ("can I use whatsapp on my phone"), so that the classifier
learns what is asked and not which app is asked about. It sees the whole message and its gist (gist.py).
Weights are plain arrays: nothing is unpickled.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

EMBEDDING_SCALE = 3.5  # of each of the two: the whole message and its gist
COUNT_SCALE = 0.7
FACT_SCALE = 1.0
TOLERANCE = 5e-4  # more than the default: two thirds of the time, and no set of the tests is read worse
EMPTY = "."  # what is embedded when nothing is left
_TOKEN = re.compile(r"[a-z']+|\?|!")


@dataclass(frozen=True)
class Sample:
    """A message prepared for the classifier."""

    masked: str
    gist: str
    facts: tuple[float, ...]

    @property
    def embedded(self) -> tuple[str, str]:
        """What is embedded of it: the whole message, and its gist."""
        return self.masked, self.gist or EMPTY


def grams(sample: Sample) -> set[str]:
    """Words, pairs of words and the opening words of a message and, marked apart, of its gist."""
    found: set[str] = set()
    for mark, text in (("", sample.masked), ("=", sample.gist)):
        tokens = _TOKEN.findall(text.lower())
        found.update(mark + t for t in tokens)
        found.update(f"{mark}{a} {b}" for a, b in itertools.pairwise(tokens))
        found.update(f"{mark}^{t}" for t in tokens[:2])
    return found


class Classifier:
    """Scores every label for a sample."""

    def __init__(
        self, labels: list[str], vocabulary: dict[str, int], weights: np.ndarray, bias: np.ndarray
    ) -> None:
        self.labels, self.vocabulary, self.weights, self.bias = labels, vocabulary, weights, bias

    def rank(self, sample: Sample, embed: Callable[[str], np.ndarray]) -> list[tuple[str, float]]:
        """Every label with its probability, likeliest first."""
        x = self._features(sample, embed)
        scores = self.weights @ x + self.bias
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
        order = np.argsort(-scores)
        return [(self.labels[i], float(scores[i])) for i in order]

    def _features(self, sample: Sample, embed: Callable[[str], np.ndarray]) -> np.ndarray:
        counts = np.zeros(len(self.vocabulary), np.float32)
        for gram in grams(sample):
            if (at := self.vocabulary.get(gram)) is not None:
                counts[at] = COUNT_SCALE
        facts = np.asarray(sample.facts, np.float32) * FACT_SCALE
        whole, gist = map(embed, sample.embedded)
        return np.concatenate([whole * EMBEDDING_SCALE, gist * EMBEDDING_SCALE, counts, facts])

    @classmethod
    def train(
        cls,
        samples: Sequence[Sample],
        labels: Sequence[str],
        embed_all: Callable[[Iterable[str]], Mapping[str, np.ndarray]],
        c: float = 1.0,
        weighed: bool = True,
    ) -> Classifier:
        """Fit the classifier. `embed_all` gives the embedding of each of many sentences.

        Every label counts as much as another if `weighed`, else as often as it was given.

        Raises:
            ValueError: when there are fewer than two labels.
        """
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression

        counted: Counter[str] = Counter()
        for sample in samples:
            counted.update(grams(sample))
        vocabulary = {g: n for n, g in enumerate(sorted(g for g, k in counted.items() if k > 1))}
        names = sorted(set(labels))
        self = cls(names, vocabulary, np.zeros(0), np.zeros(0))
        embedded = embed_all(text for s in samples for text in s.embedded)
        matrix = csr_matrix(
            np.stack([self._features(s, embedded.__getitem__) for s in samples])
        )  # mostly zeros: faster to fit
        head = LogisticRegression(
            C=c, tol=TOLERANCE, max_iter=500, class_weight="balanced" if weighed else None
        )
        head.fit(matrix, list(labels))
        self.labels = list(head.classes_)
        self.weights, self.bias = head.coef_.astype(np.float32), head.intercept_.astype(np.float32)
        return self

    def to_bytes(self) -> bytes:
        """The model as an npz file."""
        held = io.BytesIO()
        names = np.array(self.labels), np.array(sorted(self.vocabulary, key=self.vocabulary.__getitem__))
        np.savez_compressed(held, labels=names[0], vocabulary=names[1], weights=self.weights, bias=self.bias)
        return held.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Classifier:
        """The model from its npz file."""
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            vocabulary = {str(g): n for n, g in enumerate(held["vocabulary"])}
            return cls([str(x) for x in held["labels"]], vocabulary, held["weights"], held["bias"])
