"""Apps by name, alias and slip, and shared names."""

from __future__ import annotations

from . import ordinary
from .app_groups import GroupFinder
from .gazetteer import Gazetteer
from .lexicon import load
from .lexicon import words as word_list
from .misspelt_apps import PLACED, misspelt
from .model import AMBIGUOUS, ASIDE, INFERRED, Entity
from .slips import Slips
from .spelling import is_word
from .text import Words, key
from .usages import usage
from .variants import give_way, headed, inflected, variant
from .which_app import edition, from_there, told_from, versioned, which_version

LONGEST = 8
_ASKING = {"can", "could", "may", "should"}


class AppFinder:
    """Finds catalogued apps and groups of apps."""

    def __init__(self, demonyms: dict[str, str]) -> None:
        data = load("apps")
        self.demonyms = demonyms
        self.prefer = data["prefer"]
        self.groups = GroupFinder(demonyms)

    def find(
        self, words: Words, gazetteer: Gazetteer, slips: Slips, places: list[Entity], others: list[Entity]
    ) -> list[Entity]:
        """The apps of a message; one may cover a place or another fact that was found before."""
        give_way(words, others, gazetteer.names.get("app", {}))
        groups = self.groups.find(words, gazetteer, places)
        found = self._names(words, gazetteer, groups, [*places, *others])
        found = [e for e in found if not self._ends_a_slip(words, e, slips, gazetteer)]
        found += [g for g in groups if not any(g.overlaps(e) for e in found)]
        for slip in misspelt(words, gazetteer, slips, [*found, *places, *others], self.demonyms):
            found = [e for e in found if not slip.overlaps(e)] + [slip]  # "FB Messengr" is one name
        found = [headed(words, e, [*found, *places, *others]) or e for e in found]
        for e in found:
            e.stance = ASIDE if self._flown(words, e, gazetteer) else e.stance
        return sorted(found, key=lambda e: e.start)

    @staticmethod
    def _ends_a_slip(words: Words, entity: Entity, slips: Slips, gazetteer: Gazetteer) -> bool:
        """Whether a shared word ends a misspelt name: "Gogle Maps"."""
        k = words.index_at(entity.start)
        if entity.entity == "unknown_app" or not k or words.at(k) not in word_list("apps", "products"):
            return False
        slip = None if is_word(words.at(k - 1)) else slips.app(key(words.span_text(k - 1, k + 1)))
        if slip is None or slip.distance != 1:
            return False
        return entity.how == AMBIGUOUS or entity.value in gazetteer.names["app"][slip.name]

    def _names(
        self, words: Words, gazetteer: Gazetteer, groups: list[Entity], held: list[Entity]
    ) -> list[Entity]:
        known = gazetteer.names.get("app", {})
        spans = sorted(
            ((j - i, i, j, known[k]) for i, j, k in words.grams(LONGEST) if k in known),
            key=lambda s: (-s[0], s[1]),
        )
        for i, low in enumerate(words.lows):  # "discords fine", without its apostrophe
            name = low[:-1] if low.endswith("s") and low not in known else ""
            if len(name) > 4 and name in known and words.at(i + 1) in word_list("ordinary", "judged"):
                spans.append((1, i, i + 1, known[name]))
        spans += [(1, i, i + 1, known[k]) for i, k in inflected(words, known)]  # "whatsapping"
        said_otherwise = ordinary.is_said_otherwise(words)
        certain: set[int] = set()
        doubtful: list[tuple[int, int, list[str], int]] = []
        kept: list[tuple[int, int, list[str]]] = []
        placed = {k for e in held for k in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)}

        def free(i: int, j: int) -> bool:
            start, end = words.all[i].start, words.all[j - 1].end
            if any(a < j and i < b for a, b, _ in kept):
                return False
            for e in (*held, *groups):
                if e.start < end and start < e.end:
                    if j - i > 1 and (
                        (e in groups and start < e.start)
                        or (
                            e.dimension == "country"
                            and f"the {words.low[start:end]}".startswith(e.text.lower())
                        )
                    ):
                        continue  # "the Emirates airline app"
                    covers = (
                        start <= e.start
                        and e.end <= end
                        and ((start, end) != (e.start, e.end) or e in groups)
                    )
                    if not covers:
                        return e.dimension == "country" and (start, end) == (e.start, e.end)
            return True

        for _, i, j, ids in spans:
            apps = [x for x in ids if x not in gazetteer.groups["app"]]
            if words.at(i) in ("he", "she", "it") and words.at(i + 1) == "'s":
                continue  # "he's"
            if ordinary.is_a_person(words, i, j):
                continue
            if j - i > 1 and words.at(i) == "i" and not self._named_i(words, i, j):
                continue  # "how do I message them"
            if j - i == 2 and {"a", "an"}.intersection(words.lows[i:j]) and words.all[i + 1].text.islower():
                continue  # "on a map", "may a minister"
            if not free(i, j):
                continue
            if not apps and len(ids) > 1:
                continue  # groups that share a name are told apart as groups
            need = ordinary.strictness(words, i, j) if apps else ordinary.COMMON
            ids = apps or ids
            same_place = any(
                e.dimension == "country" and e.start == words.all[i].start and e.end == words.all[j - 1].end
                for e in held
            )
            if len(key(words.span_text(i, j))) == 2 and i - 1 in placed and words.at(i - 1) not in PLACED:
                continue
            if need == ordinary.NAME and said_otherwise.issuperset(range(i, j)):
                need = ordinary.RARE
            if need == ordinary.NAME and not same_place:
                kept.append((i, j, ids))
                certain.update(range(i, j))
            else:
                doubtful.append(
                    (
                        i,
                        j,
                        ids,
                        max(need, ordinary.COMMON) + (words.at(i - 1) in PLACED) if same_place else need,
                    )
                )

        def weigh() -> None:
            for i, j, ids, need in doubtful:
                if any(a < j and i < b for a, b, _ in kept) or not free(i, j):
                    continue
                if (
                    said_otherwise.issuperset(range(i, j))
                    and not self._insisted(words, i, j, placed)
                    and not ordinary.joined(words, i, j, certain)
                ):
                    continue
                said = words.span_text(i, j)
                again = said[:1].isupper() and any(words.span_text(a, b) == said for a, b, _ in kept)
                points = ordinary.evidence(words, i, j, certain, placed)
                if points >= need or (again and points > 0):
                    kept.append((i, j, ids))
                    certain.update(range(i, j))

        weigh()
        weigh()  # sees apps that the first made sure of
        if not kept and not groups and ordinary.asks_about_an_app(words, placed):
            kept += self._likeliest(words, doubtful, said_otherwise, placed)
            certain.update(k for i, j, _ in kept for k in range(i, j))
            weigh()
        # "Feishu or Lark": the bearer that is named as the other choice is not the one that is meant.
        named = {ids[0] for _, _, ids in kept if len(ids) == 1} if "or" in words.lows else set()
        kept = [
            (i, j, [x for x in ids if x not in named] or ids if len(ids) > 1 else ids) for i, j, ids in kept
        ]
        return self._meant(words, kept, held, placed, gazetteer)

    def _meant(
        self,
        words: Words,
        kept: list[tuple[int, int, list[str]]],
        held: list[Entity],
        placed: set[int],
        gazetteer: Gazetteer,
    ) -> list[Entity]:
        """The apps, of which edition, or by which bearer of a name, that names at tokens i to j mean."""
        known = gazetteer.names.get("app", {})
        found: list[Entity] = []
        for i, j, ids in kept:
            version = versioned(words, j, key(words.span_text(i, j)), known)
            if behind := edition(words, j, [gazetteer.labels["app"].get(id, "") for id in ids], known):
                j, ids = j + 1, behind  # "watsapp business"
            if version and told_from(words, i):  # "Not TikTok itself, the Lite version"
                (other,), (start, end) = version
                found.append(Entity("app", other, start, end, words.text[start:end]))
            elif version:
                ids = version[0]
            told = self._told_apart(words, i, j, ids, gazetteer)
            fitting = which_version(words, i, j, told, gazetteer, self.demonyms) if len(told) > 1 else told
            fitting = from_there(words, i, j, fitting, held, gazetteer) if len(fitting) > 1 else fitting
            entity = variant(words, i, j, ids, placed) or self._entity(words, i, j, fitting)
            if len(told) > len(fitting) == 1 and entity.entity == "app":  # told further on
                entity.how, entity.candidates = INFERRED, [*fitting, *(x for x in told if x not in fitting)]
            found.append(entity)
        return found

    def _named_i(self, words: Words, i: int, j: int) -> bool:
        """Whether a name that begins with "i", written apart, is no verb of "I": "i message on my iPad"."""
        if words.at(i - 1) in _ASKING or words.at(i - 1) in word_list("apps", "before_i"):
            return False
        after = words.at(j)
        if (
            words.all[i].text == "I"
            and after in word_list("apps", "after_i_do")
            and not self._on_it(words, j)
        ):
            return False  # "I translate for the consul-general. May I use Zalo?"
        return not after[:1].isalnum() or after in word_list("apps", "boundaries") | word_list(
            "apps", "status_words"
        ) - {"the", "a", "an"}

    @staticmethod
    def _on_it(words: Words, j: int) -> bool:
        """Whether the sentence from token j on asks, or tells a device, as one about an app does."""
        end = next((k for k in range(j, len(words)) if words.at(k) in (".", "!", "?", ";")), len(words))
        return words.at(end) == "?" or any(
            words.at(k) in word_list("usages", "devices") | word_list("ordinary", "judged")
            for k in range(j, end)
        )

    @staticmethod
    def _flown(words: Words, entity: Entity, gazetteer: Gazetteer) -> bool:
        """Whether it is the airline that is meant: "flying Emirates to Lisbon"."""
        travel = "category:travel" in gazetteer.within["app"].get(entity.value, ())
        return travel and words.at(words.index_at(entity.start) - 1) in word_list("apps", "flies")

    @staticmethod
    def _likeliest(
        words: Words, doubtful: list[tuple[int, int, list[str], int]], otherwise: set[int], placed: set[int]
    ) -> list[tuple[int, int, list[str]]]:
        """The ordinary word that is the app after all, where a question of permission names no other."""
        scored = [
            (ordinary.evidence(words, i, j, set(), placed) - need, j - i, i, j, ids)
            for i, j, ids, need in doubtful
            if not otherwise.issuperset(range(i, j))
        ]
        scored = [s for s in scored if words.at(s[2]) not in word_list("apps", "hardly_ever")]
        best = max(scored, default=None, key=lambda s: s[:2])
        return [best[2:]] if best and best[0] >= -ordinary.LEEWAY else []

    def _told_apart(self, words: Words, i: int, j: int, ids: list[str], gazetteer: Gazetteer) -> list[str]:
        """The bearers of a shared name that fit what is said right after: "MAX, the Russian messenger"."""
        if len(ids) < 2 or words.at(j) not in (",", "(", "-", "the", "."):
            return ids
        k = j + 1 if words.at(j) != "the" else j
        told = words.lows[k : k + 4] if words.at(k) in ("the", "that", "a") else words.lows[k : k + 1]
        if words.at(j) == "." and not word_list("apps", "things").intersection(told):
            return ids  # "MAX. That Russian again"
        countries = {
            gazetteer.labels["country"].get(self.demonyms[w], "") for w in told if w in self.demonyms
        }
        wanted = {key(w) for w in (*told, *countries) if len(w) > 3 and w not in ("that", "this", "with")}
        labels = {id: key(gazetteer.labels["app"][id]) for id in ids}
        fitting = [id for id, label in labels.items() if any(w in label for w in wanted)]
        return fitting if len(fitting) == 1 else ids

    def in_foreign_words(self, words: Words, gazetteer: Gazetteer, held: list[Entity]) -> list[Entity]:
        """Names with a capital inside a message in another language, also those that are English words."""
        known = gazetteer.names.get("app", {})
        taken = {k for e in held for k in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)}
        return [
            self._entity(words, i, j, known[k])
            for i, j, k in words.grams(2)
            if k in known
            and len(k) > 3
            and i
            and words.all[i].text[:1].isupper()
            and i not in taken
            and not words.shouting
            and not words.title_case
            and known[k][0] not in gazetteer.groups["app"]
        ][:1]

    @staticmethod
    def _insisted(words: Words, i: int, j: int, placed: set[int]) -> bool:
        """Whether capitals inside the message say that a name is meant although the phrase is ordinary."""
        first = words.all[i]
        if words.at(i) == "her" and words.at(j) not in word_list("apps", "app_heads"):
            return False  # "on HER phone"
        if usage(words, i, j, placed):
            return True  # "can I have Signal running on my phone"
        after = words.at(j) in word_list("apps", "app_heads")
        capital = (
            first.text[:1].isupper()
            and not words.sentence_start(i)
            and not words.shouting
            and not words.title_case
        )
        if i == 0 and words.at(j) == "in" and j + 1 in placed:
            return True  # "zoom in Rome?"
        if j - i == 2 and (ordinary.stored_in(words, i, j) or ordinary.done_on(words, i, j, placed)):
            return True  # "the papers in drop box", "face time with the kids on my iPad"
        judged = word_list("ordinary", "judged").intersection(words.lows[max(0, i - 5) : i])
        judged = judged or (
            bool(_ASKING.intersection(words.lows[max(0, i - 3) : i - 1]))
            and any(k in placed for k in range(j + 1, j + 4))
        )
        if judged and words.at(i - 1) in ("have", "use", "keep", "put", "run") and words.at(j) == "on":
            return True  # "is it ok to have signal on my phone"
        if words.at(i - 1) in word_list("apps", "use_strong") and words.at(j) in word_list(
            "apps", "boundaries"
        ):
            return True
        if after or (
            i == 0 and (j - i > 1 or first.text[:1].isupper()) and ordinary.bare(words, i, j, placed)
        ):
            return True
        return capital and words.at(i - 1) not in ("no", "the", "a", "my", "our", "any")

    def _entity(self, words: Words, i: int, j: int, ids: list[str]) -> Entity:
        start, end = words.all[i].start, words.all[j - 1].end
        text = words.text[start:end]
        if len(ids) == 1:
            return Entity("app", ids[0], start, end, text)
        choice = self.prefer.get(key(text))
        i = words.index_at(start)
        around = {*words.lows[:i], *words.lows[j:]}
        if choice and choice["take"] in ids and around.intersection(choice["told_by"] + choice["unless"]):
            told = any(w in words.lows for w in choice["unless"])
            take = next((x for x in ids if x != choice["take"]), ids[0]) if told else choice["take"]
            return Entity(
                "app", take, start, end, text, how=INFERRED, candidates=[take, *(x for x in ids if x != take)]
            )
        return Entity("ambiguous_app", text, start, end, text, how=AMBIGUOUS, candidates=list(ids))
