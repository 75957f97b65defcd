"""Whether a word that is also an app's name is the app here: "no signal" against "Signal or Telegram"."""

from __future__ import annotations

import re
from functools import lru_cache

from .lexicon import load
from .lexicon import words as word_list
from .phrases import Phrases, one
from .spelling import frequency
from .text import Words
from .usages import usage

NAME, RARE, COMMON = 0, 2, 3
_MODALS = ("would", "could", "can", "should", "may", "might", "will", "does")
_GRANTED = {"approval", "permission", "clearance", "exemption", "authorisation", "conditions", "matter"}
_ENDS = {".", ",", ";", ":", "!", "?", "-", "(", "\n"}
LEEWAY = 2  # how much less evidence is enough where a question of permission names no other app


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    return one(load("apps")["phrases"])


def is_said_otherwise(words: Words) -> set[int]:
    """Tokens inside phrases in which an app's name is an ordinary word."""
    covered: set[int] = set()
    for i, j, _ in _phrases().find(words):
        covered.update(range(i, j))
    return covered


def strictness(words: Words, i: int, j: int) -> int:
    """How much context the name needs: 0 for a name that is no English word."""
    lows = words.lows[i:j]
    if j - i == 1:
        low = lows[0].strip("'")
        if (
            low in word_list("apps", "stubborn")
            or len(low) == 1
            or (len(low) == 2 and low not in word_list("apps", "names"))
        ):
            return COMMON
        if low in word_list("apps", "names") or frequency(low) < 140:
            return NAME
        return COMMON if frequency(low) > 20_000 else RARE
    plain = [w for w in lows if w[:1].isalnum()]
    if any(
        w in ("app", "apps", "messenger", "browser", "google", "microsoft", "apple", "vpn") for w in plain
    ):
        return NAME
    if all(frequency(w) > 1500 for w in plain) and len(plain) < 4:
        return RARE
    return NAME


def asks_about_an_app(words: Words, placed: set[int]) -> bool:
    """Whether a message is a question of permission, or a bare list, which must be about some app."""
    judged = word_list("ordinary", "judged") - {"off", "out", "good", "safe"}
    asks = re.search(r"\b(?:can|may|could|should|am|are) (?:i|we|my|our|they)\b", words.low)
    asked = (
        bool(asks) or "?" in words.plain or words.at(0) in word_list("ordinary", "asking") or len(words) <= 8
    )
    short = len(words) <= 8 and bool(placed) and not word_list("ordinary", "telling").intersection(words.lows)
    return asked and (short or bool(judged.intersection(words.lows)) or _device_named(words, placed))


def _device_named(words: Words, placed: set[int]) -> bool:
    """Whether what is done is done "on" something that was found ("on my work phone")."""
    return any(
        words.at(k) == "on" and any(n in placed for n in range(k + 1, k + 4)) for k in range(len(words))
    )


def evidence(words: Words, i: int, j: int, certain: set[int], placed: set[int]) -> int:
    """Points for the app sense of tokens i to j; `certain` are tokens of sure apps, `placed` of facts."""
    w = words
    before, after, first = w.at(i - 1), w.at(j), w.all[i]
    points = 0
    apps = lambda name: word_list("apps", name)  # noqa: E731
    headed = after in apps("app_heads") or (after in apps("kinds") and w.at(j + 1) in apps("app_heads"))
    nouned = after in apps("app_nouns") or after in apps("strong_nouns")
    if w.at(i) == "office" and (before == "'s" or (i - 1 in placed and not first.text[:1].isupper())):
        return -10
    if j - i == 1 and w.at(i) in apps("only_headed") and not (headed or nouned):
        return -10
    if w.at(i) in apps("verbed") and _done_on_a_device(w, i, j, placed):
        return 5
    boundary = (
        not after or not after[0].isalnum() or after in apps("boundaries") or after in apps("status_words")
    )
    opens = not before or before in _ENDS
    capital = first.text[:1].isupper() and not w.sentence_start(i) and not w.shouting and not w.title_case
    if _capitals_inside(w, i, j):
        points += 0 if capital else 1
        capital = True
    if before in ("by", "with", "using") and any(
        x in ("pay", "paying", "paid", "payment") for x in w.lows[max(0, i - 4) : i]
    ):
        points += 4
    if any(t and ord(t[0]) > 0x0E00 for t in (before, after)):
        points += 5  # a Latin name inside a sentence of another script
    if headed:
        points += 4
    elif after in apps("strong_nouns"):
        points += 3
    elif nouned:
        points += 1
    if before in apps("use_strong"):
        points += 2
    elif before in apps("use_weak"):
        points += 1
    spoken = any(x in apps("comm_verbs") for x in w.lows[max(0, i - 8) : i])
    if before in ("on", "via", "over", "through", "with", "to", "by") and spoken:
        points += 1
    if stored_in(w, i, j) or (j - i == 2 and done_on(w, i, j, placed)):
        points += 4
    straight = _called_straight_after(w, j)
    if straight or in_apposition(w, j):
        points += 4
    points += usage(w, i, j, placed, bool(certain))
    if before == "of" and w.at(i - 2) in word_list("ordinary", "thinking"):
        points += 4
    if (
        before == "than"
        and w.at(i - 2) in ("safer", "better", "worse")
        and w.at(i) not in apps("hardly_ever")
    ):
        points += 1
    if before == "for" and w.at(i - 2) in word_list("ordinary", "judged") | _GRANTED:
        points += 2
    if before in ("a", "the", "our") and w.at(i - 2) in ("on", "in", "join", "into", "via"):
        points += 3 if after in ("group", "chat", "channel", "thread", "call") else 0
    if before == "in" and capital and w.at(i - 2) in word_list("ordinary", "kept"):
        points += 3  # "my notes in Keep"
    if before == "about" and w.at(i - 2) in ("what", "how") and not after.isalnum():
        points += 2
    if before == "to" and w.at(i - 2) in word_list("ordinary", "towards"):
        points += 3
    if before in ("called", "named", "titled") or (before == "as" and w.at(i - 2) == "known"):
        points += 4
    if before == "to" and any(
        x in w.lows[max(0, i - 4) : i]
        for x in (
            "switch",
            "back",
            "revert",
            "move",
            "log",
            "sign",
            "change",
            "migrate",
            "moving",
            "switching",
            "swap",
            "add",
            "upload",
            "post",
            "into",
        )
    ):
        points += 2
    if before in ("into",) and any(
        x in w.lows[max(0, i - 4) : i] for x in ("log", "logged", "logging", "sign", "signed")
    ):
        points += 2
    if before in ("is", "are", "does", "'s") and after in apps("status_words"):
        points += 2 if after not in ("the", "a", "an", "now", "on", "not") else 1
    if capital:
        points += 2
    if w.span_text(i, j).isupper() and len(first.text) > 1 and not w.shouting:
        points += 1
    if (capital or opens) and after == "all" and w.at(j + 1) == "right":
        points += 3
    if after in ("is", "are") and w.at(j + 1) in word_list("ordinary", "judged"):
        points += 2
    if first.text.isupper() and w.text.isupper() is False and len(first.text) > 2 and not w.shouting:
        points += 1
    if before in apps("use_weak") and after in ("on", "in") and any(k in placed for k in range(j + 1, j + 4)):
        points += 1
    if (
        before in ("in", "at", "from", "of", "by")
        and not (headed or nouned)
        and w.at(i - 2) not in word_list("ordinary", "of_apps")
        and not (before == "by" and spoken and capital)
    ):
        points -= 2
    if before in _MODALS and after in word_list("ordinary", "stands"):
        points += 3
    if before == "to" and w.at(i - 2) in ("yes", "no"):
        points += 3  # "ICT said no to Signal"
    if before in ("mean", "meant"):
        points += 3  # "not WhatsApp, I mean Signal"
    if boundary:
        points += 1
    elif not (headed or nouned):
        points -= 1
    if joined(w, i, j, certain) or _held_against(w, j, certain):
        points += 3
    if _fragment_for(w, i, j) or (opens and after == ":" and placed and "?" in w.plain):
        points += 2
    if bare(w, i, j, placed):
        points += 2
    on = after == "on" or (after in ("from", "off") and "?" in w.plain)
    if opens and on and any(k in placed for k in range(j + 1, j + 4)):
        points += 2  # "Ring on my own phone", "Grab from the work mobile?"
    if i == 0 and first.text[:1].isupper() and after in ("while", "when", "during") and placed:
        points += 2  # "Hinge while posted to Santiago"
    if before and before == w.at(i) and i:
        points += 2
    determined = before in apps("determiners") and not (
        before == "that" and w.at(i - 2) in word_list("ordinary", "saying") | {"make"}
    )
    countable = (
        capital
        and before in ("a", "an", "his", "her", "their", "our")
        and w.at(i) in apps("countable")
        and w.at(i - 2) in apps("done_with")
    )
    if countable:
        points += 3
    elif determined and not (headed or nouned):
        points -= 4
    if before in apps("possessives") and not headed and not capital:
        points -= 2
    # "Would Signal be ok" asks about the app, "will signal work in the basement" does not.
    judged = before in _MODALS and after == "be" and w.at(j + 1) in word_list("ordinary", "judged")
    judged |= capital and before in _MODALS and after in word_list("ordinary", "put_there")
    judged |= before == "to" and w.at(i - 2) in word_list("ordinary", "towards")
    if (not judged and w.at(i) in apps("verbs")) and (
        before in apps("subjects")
        or (w.at(i - 2) in ("we", "you") and before in ("can", "all", "just", "also"))
    ):
        points -= 4 if not capital else 2
    if (
        w.at(i) in apps("verbs")
        and not straight
        and after in ("the", "a", "an", "my", "me", "it", "them", "him", "this", "that", "you", "your", "our")
        and before not in apps("use_strong")
    ):
        points -= 3
    return points


def _done_on_a_device(w: Words, i: int, j: int, placed: set[int]) -> bool:
    """Whether the app's name is the verb: "can I discord on my phone"."""
    asked = w.at(i - 1) in ("i", "we") and w.at(i - 2) in ("can", "could", "may", "should")
    return asked and w.at(j) == "on" and any(k in placed for k in range(j + 1, j + 4))


def _capitals_inside(w: Words, i: int, j: int) -> bool:
    """Whether a name of several words has a capital in each: "Organic Maps works offline"."""
    return j - i > 1 and all(x.text[:1].isupper() for x in w.all[i:j]) and not w.shouting and not w.title_case


def stored_in(w: Words, i: int, j: int) -> bool:
    """Whether something is kept in a name written as two words, with no article: "files in one drive"."""
    stored = word_list("ordinary", "storing").intersection(w.lows[max(0, i - 7) : i])
    return j - i == 2 and bool(stored) and w.at(i - 1) in ("in", "into", "onto", "to", "via", "from")


def done_on(w: Words, i: int, j: int, placed: set[int]) -> bool:
    """Whether a name in two words opens a sentence and is done on a device: "face time on my iPad"."""
    if not w.sentence_start(i) or w.at(i) == "i":
        return False
    end = next((k for k in range(j, len(w)) if w.at(k) in _ENDS - {",", "-"}), len(w))
    return any(w.at(k) == "on" and any(n in placed for n in range(k + 1, k + 4)) for k in range(j, end))


def is_a_person(w: Words, i: int, j: int) -> bool:
    """Whether the name is told to be somebody's: "Claude, our French colleague", "my mate Josh"."""
    people, whose = word_list("ordinary", "people"), ("our", "my", "the", "a", "his", "her", "their")
    if j - i > 1 or not w.all[i].text[:1].isupper():
        return False
    if w.at(i - 1) in people and w.at(i - 2) not in ("the", "a"):
        return any(x in whose for x in w.lows[max(0, i - 4) : i - 1])
    if w.at(j) != "," or w.at(j + 1) not in whose:
        return False
    return any(w.at(k) in people and (w.at(k + 1) or ".") in _ENDS for k in range(j + 2, j + 5))


def in_apposition(w: Words, j: int) -> bool:
    """Whether it is told to be an app right after: "Soul, that social app"."""
    k = j + 1 if w.at(j) in (",", "(", "-", ":") else j
    if (w.at(k), w.at(k + 1)) in (("as", "in"), ("i", "mean"), ("meaning", "the")):
        k += 2 - (w.at(k) == "meaning")  # "Outline, as in the VPN"
    elif k == j:
        return False
    if w.at(k) not in ("the", "that", "this", "a", "an"):
        return False
    after = w.lows[k + 1 : k + 6]
    ends = ("and", "or", "but", "not")
    end = next((k for k, word in enumerate(after) if not word[0].isalnum() or word in ends), len(after))
    told = w.at(k) == "the" and after[max(0, end - 1) : end] == ["one"]  # "(the gay dating one)"
    return told or bool(word_list("apps", "app_heads").intersection(after[:end]))


def _called_straight_after(w: Words, j: int) -> bool:
    """Whether its kind follows with no mark between: "Session the messenger, not a sitting"."""
    if w.at(j) != "the" or w.at(j - 1) in word_list("usages", "done_to_do"):
        return False
    k = j + 2 if w.at(j + 1) in word_list("apps", "kinds") else j + 1
    return w.at(k) in word_list("apps", "app_heads") and w.at(k + 1) in {*_ENDS, "", "not", ")"}


def _held_against(w: Words, j: int, certain: set[int]) -> bool:
    """Whether it is the subject that a sure app is compared with: "is Wire any safer than Slack"."""
    if w.at(j) not in word_list("ordinary", "compares"):
        return False
    for k in range(j, min(len(w), j + 9)):
        if w.at(k) in _ENDS:
            return False
        if w.at(k) in ("than", "like", "as", "with", "to", "from") and k + 1 in certain:
            return w.at(k) in ("than", "like", "as") or bool(
                {"compare", "compares", "compared", "different", "similar"}.intersection(w.lows[j:k])
            )
    return False


def _fragment_for(w: Words, i: int, j: int) -> bool:
    """Whether a sentence is no more than the name and what for: "Otter for transcripts?"."""
    if (i and not w.sentence_start(i)) or w.at(j) != "for" or w.at(i) in word_list("apps", "never_bare"):
        return False
    end = next((k for k in range(j, len(w)) if w.at(k) in _ENDS), len(w))
    asked = bool(word_list("ordinary", "judged").intersection(w.lows[end:]))
    return (w.at(end) == "?" and end - j <= 5) or (w.at(end) == "," and asked and end - j <= 8)


def joined(w: Words, i: int, j: int, certain: set[int]) -> bool:
    """Whether a sure app stands beside it: "Telegram or Signal"."""
    for near, far in ((i - 1, i - 2), (j, j + 1)):
        if w.at(near) in ("and", "or", "n", ",", "/", "&", "vs", "versus", "than", "+", "nor", "plus") and (
            far in certain
        ):
            return True
        if w.at(near) in ("and", "or") and w.at(far) == "," and (2 * far - near) in certain:
            return True
    if (w.at(j), w.at(j + 1), w.at(j + 2)) == ("as", "well", "as") and j + 3 in certain:
        return True
    if (w.at(j), w.at(j + 1)) in (("instead", "of"), ("rather", "than")) and j + 2 in certain:
        return True
    if (w.at(i - 3), w.at(i - 2), w.at(i - 1)) == ("as", "well", "as") and i - 4 in certain:
        return True
    if w.at(i - 1) == "on" and w.at(i - 2) in ("and", "or", ",") and (i - 3) in certain:
        return True  # "on Bluesky and on Truth Social"
    if w.at(i - 1) in ("and", "or", ",", "/", "plus") and any(k in certain for k in range(max(0, i - 4), i)):
        return True
    near = next((k for k in range(j + 1, min(len(w), j + 4)) if w.at(k) in _ENDS - {","}), j + 4)
    return w.at(j) in ("and", "or", ",", "/") and any(k in certain for k in range(j, min(len(w), near)))


def bare(w: Words, i: int, j: int, placed: set[int]) -> bool:
    """Whether little else is said: "Signal?", "what about Line", "Signal on my work phone"."""
    among_details = (
        w.at(i - 1) == "," and w.at(j) in (",", ".") and len(placed) > 1
    )  # "bkk, grab, work phone"
    if w.at(i) in word_list("apps", "never_bare") and (
        w.at(i) == "hello" or ("?" not in w.plain and not among_details)
    ):
        return False
    begin, end = i, j
    while begin > 0 and w.at(begin - 1) not in (".", "!", "?", ";"):
        if w.at(begin - 1) == "," and any(k in placed for k in range(begin - 1)):
            break  # "posted to Fiji, messenger on my work phone"
        begin -= 1
    beside = i - 2 in placed or w.at(i - 2) == ")"
    told = beside and w.at(i - 1) == "," and w.at(i) not in word_list("apps", "hardly_ever")
    while end < len(w) and w.at(end) not in (".", "!", "?", ";"):
        if w.at(end) == "," and told and any(k in placed for k in range(end + 1, len(w))):
            break  # "work phone, signal, I am a consul"
        end += 1
    rest = [k for k in range(begin, end) if not i <= k < j and not w.all[k].punct]
    left = [k for k in rest if k < i and w.at(k) not in word_list("ordinary", "openers") and k not in placed]
    if left:
        return False
    far = w.at(j) == "for" or "of" in w.lows[j : j + 6]
    near = 12 if far else 6  # "Discord for the war-gaming club, on my own laptop"
    if w.at(j) in ("on", "in", "for", "at", "across") and any(
        k in placed for k in range(j + 1, min(end, j + near))
    ):
        return True
    right = [
        k for k in rest if k >= j and w.at(k) not in word_list("ordinary", "openers") and k not in placed
    ]
    return all(w.at(k) in word_list("ordinary", "beside_a_bare_name") for k in right)
