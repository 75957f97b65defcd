"""A corpus as the database keeps it: canonical JSON, compressed, with the hash that names it."""

from __future__ import annotations

import hashlib
import json
import zlib
from weakref import WeakValueDictionary

from guidelines.formats.plain import corpus_from_dict, corpus_to_dict
from guidelines.rules import Corpus

# Corpora that are in use, by their hash: what was read once is not read again. They are never changed.
_in_use: WeakValueDictionary[str, Corpus] = WeakValueDictionary()


def pack(corpus: Corpus) -> tuple[bytes, str]:
    """The compressed canonical JSON of a corpus, and the SHA-256 (hex) of that JSON."""
    plain = corpus_to_dict(corpus)
    del plain["edition"]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return zlib.compress(text, 6), hashlib.sha256(text).hexdigest()


def unpack(content: bytes, content_hash: str) -> Corpus:
    """The corpus of what `pack` made.

    Raises:
        ValueError: the content is not what its hash says; it was changed behind the program's back.
    """
    try:
        text = zlib.decompress(content)
    except zlib.error:
        text = b""
    if hashlib.sha256(text).hexdigest() != content_hash:
        raise ValueError("the stored content does not match its hash: it was changed after it was published")
    corpus = _in_use.get(content_hash)
    if corpus is None:
        corpus = _in_use[content_hash] = corpus_from_dict(json.loads(text), "edition")
    return corpus
