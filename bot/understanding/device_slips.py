"""Spelling slips of device words and of the words for whose they are: "my work phne", "personl laptop"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .spelling import frequency, is_word, slip_distance
from .text import Words, key

RARE = 150  # a word of the list that is rarer than this may be a slip ("pone")
SHORTEST_FORM, SHORTEST_OWNER = 4, 6

Found = dict[int, tuple[int, str]]  # the first token of what was found: the token after it, and what it is


class DeviceSlips:
    """Near words of a form or of ownership, which only count beside one another."""

    def __init__(
        self,
        forms: Mapping[str, Iterable[str]],
        owners: Mapping[str, Iterable[str]],
        fillers: set[str],
        mine: set[str],
    ) -> None:
        self.forms = _single_words(forms, SHORTEST_FORM)
        self.owners = _single_words(owners, SHORTEST_OWNER)
        self.fillers, self.mine = fillers, mine

    def find(
        self, words: Words, forms: Found, owned: Found, apps: Mapping[str, object]
    ) -> tuple[Found, Found]:
        """The near forms and the near words of ownership that the message has beside those given."""
        near_forms = {
            i: hit for i in range(len(words)) if i not in forms and (hit := self._form(words, i, apps))
        }
        near_owned = {
            i: (i + 1, kind)
            for i in range(len(words))
            if i not in owned
            and i not in near_forms
            and not is_word(words.at(i))
            and self._leads_to(words, i + 1, {**forms, **near_forms}, owned)
            and (kind := _nearest(words.at(i), self.owners))
        }
        ends = {j for j, _ in (*owned.values(), *near_owned.values())}
        near_forms = {i: hit for i, hit in near_forms.items() if self._owned(words, i, ends)}
        return near_forms, near_owned

    def _form(self, words: Words, i: int, apps: Mapping[str, object]) -> tuple[int, str] | None:
        """What token i, alone or with the next ("hand set"), may be a slip for."""
        word = words.all[i]
        named = word.text[:1].isupper() and not words.shouting and not words.title_case
        if word.punct or (named and not words.sentence_start(i)):
            return None
        joined = self.forms.get(word.low + words.at(i + 1)) if words.at(i + 1) else None
        if joined:
            return i + 2, joined
        if frequency(word.low) >= RARE or key(word.low) in apps or word.low in self.fillers:
            return None
        form = _nearest(word.low, self.forms)
        return (i + 1, form) if form else None

    def _owned(self, words: Words, i: int, ends: set[int]) -> bool:
        """Whether a word of ownership, or "my", stands before token i."""
        k = i
        while k > 0 and k not in ends and (words.at(k - 1) in self.fillers or words.at(k - 1) in ("-", "'s")):
            k -= 1
        return k in ends or words.at(k - 1) in self.mine

    def _leads_to(self, words: Words, k: int, forms: Found, owned: Found) -> bool:
        """Whether a form follows from token k on, after nothing but fillers and words of ownership."""
        while k < len(words) and k not in forms:
            if k in owned:
                k = owned[k][0]
            elif words.at(k) in self.fillers or words.at(k) in ("-", "'s"):
                k += 1
            else:
                return False
        return k in forms


def _single_words(lists: Mapping[str, Iterable[str]], shortest: int) -> dict[str, str]:
    return {w: id for id, listed in lists.items() for w in listed if w.isalpha() and len(w) >= shortest}


def _nearest(written: str, names: Mapping[str, str]) -> str | None:
    """What the nearest of the names stands for, when the word may be a slip for it."""
    near = [(d, name) for name in names if (d := slip_distance(written, name)) is not None]
    return names[min(near)[1]] if near else None
