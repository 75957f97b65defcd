"""What the console says that a change would do."""

from guidelines.formats import corpus_from_dict
from guidelines.store.database import Database
from tests.guidelines.test_ruling import DEFENCE_BAN, VOCABULARY, guideline, rule
from web.console.effects import effects_of


def test_a_clash_is_shown_whichever_of_its_two_rules_was_edited(database: Database) -> None:
    other = rule("phones", "allowed", scope={"device": ["work-phone"], "country": ["CN"]})

    def corpus(*rules):
        guidelines = [guideline("g", "D", rules[0]), guideline("h", "E", rules[1])]
        return corpus_from_dict({"vocabulary": VOCABULARY, "guidelines": guidelines})

    before = corpus(DEFENCE_BAN, other)
    for after in (
        corpus({**DEFENCE_BAN, "reason": "It is not safe."}, other),
        corpus(DEFENCE_BAN, {**other, "reason": "It is needed there."}),
    ):
        with database.reading() as session:
            effects = effects_of(session, before, after, smallest=1)
        assert "clash" in {finding.code for finding in effects.findings}
