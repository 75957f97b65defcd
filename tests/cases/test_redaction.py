"""What could say who wrote a message goes, and what it is about stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.extras import names
from askfirst.bootstrap import shipped
from cases.redaction import redact

KNOWN = names(shipped(None).vocabulary)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("ask John Smith about WeChat", ["John", "Smith"]),
        ("john smith wants KakaoTalk", ["john", "smith"]),
        ("my name is anna karenina and I want WhatsApp", ["anna", "karenina"]),
        ("Dr Nguyen said no", ["Nguyen"]),
        ("Sgt O'Brien here, posted to Japan", ["O'Brien"]),
        ("my wife Xiaoqing needs LINE", ["Xiaoqing"]),
        ("Sarah told me to ask", ["Sarah"]),
        ("call me on 0412 345 678", ["0412", "678"]),
        ("call me on +86 138 0013 8000 re DiDi", ["138", "8000"]),
        ("(02) 6261 1111 is my desk", ["6261", "1111"]),
        ("write to jo.bloggs@defence.gov.au please", ["bloggs", "defence.gov.au", "@"]),
        ("jo dot? jo@dfat.gov.au.", ["jo@"]),
        ("see https://intranet.example.gov.au/people/jo", ["intranet", "/people"]),
        ("I am @jobloggs on X", ["jobloggs"]),
        ("I live at 12 Smith Street, Barton", ["12", "Smith", "Street"]),
        ("unit 4, 7 Darling Point Rd", ["Darling", "7"]),
        ("passport PA1234567 and employee 8412345", ["PA1234567", "8412345"]),
        ("my laptop is at 10.20.30.40", ["10.20"]),
        ("write to john dot smith at defence dot gov dot au", ["john", "smith"]),
        ("my page is example.com/jobloggs", ["jobloggs"]),
        ("221B Baker Street, London NW1 6XE", ["221B", "Baker", "NW1", "6XE"]),
        ("my ABN is 51 824 753 556", ["51", "824"]),
        ("born 12/03/1981", ["12/03", "1981"]),
        ("date of birth 3 March 1985", ["March", "1985"]),
        ("My name is Nguyễn Văn An, may I?", ["Nguyễn", "Văn", " An"]),
        ("my colleague nguyen thi lan uses LINE", ["nguyen", "thi", "lan"]),
        ("Ask Oleksandr Shevchenko about it", ["Oleksandr", "Shevchenko"]),
        ("oleksandr shevchenko told me it was fine", ["oleksandr", "shevchenko"]),
        ("mohammed al-rashid said so", ["mohammed", "rashid"]),
        ("Siobhán O'Brien-Nguyen asked", ["Siobhán", "O'Brien", "Nguyen"]),
        ("Ngozi Okonjo-Iweala wants Signal", ["Ngozi", "Okonjo", "Iweala"]),
        ("Jose Maria dela Cruz wants Viber", ["Jose", "dela", "Cruz"]),
        ("Wiremu says it is fine", ["Wiremu"]),
        ("I'm Владимир Петров, can I use Telegram?", ["Владимир", "Петров"]),
        ("我叫王小明，可以用微信吗", ["王小明"]),
        ("李娜 said I could use it", ["李娜"]),
        ("أنا أحمد محمود هل يمكنني", ["أحمد", "محمود"]),
        ("김철수 asked about KakaoTalk", ["김철수"]),
        ("अमित शर्मा asked about WhatsApp", ["अमित", "शर्मा"]),
        ("สมชาย ใจดี asked about LINE", ["สมชาย", "ใจดี"]),
    ],
)
def test_it_takes_out(text, gone):
    redacted = redact(text, KNOWN)

    for piece in gone:
        assert piece not in redacted


@pytest.mark.parametrize(
    "text",
    [
        "Can I use WeChat on my work phone while posted in China?",
        "is Weixin okay on a DFAT laptop",
        "what about Keep, Signal and LINE in South Korea?",
        "is the Minister allowed to use TikTok",
        "may a Defence attaché have KakaoTalk from 12 March 2026",
        "brief me on the United States",
        "微信 on my own phone?",
        "I've been told I'll be in Japan and I'm with DFAT",
        "my CISO said the opposite",
        "I fly on 3 Dec, or on 2026-12-03, so may I?",
        "Will it be OK in May?",
    ],
)
def test_it_leaves_what_it_is_about(text):
    assert redact(text, KNOWN) == text


def test_of_another_script_stays_what_the_vocabulary_knows():
    assert redact("我可以用微信吗", KNOWN) == "[…] 微信 […]"


def test_what_was_read_as_an_app_stays_though_people_are_called_so():
    assert redact("can I use Alice on my phone", KNOWN, keep=("Alice",)) == "can I use Alice on my phone"
    assert "jo@" not in redact("can I use jo@example.org", KNOWN, keep=("jo@example.org",))


@given(st.text(max_size=300))
def test_it_takes_any_text(text):
    once = redact(text, KNOWN)

    assert len(once) <= 3 * len(text) + 10


@given(st.text(alphabet="0123456789 -+()", min_size=10, max_size=60))
def test_no_long_run_of_digits_is_left(text):
    runs = [run for run in redact(text).replace("(", " ").replace(")", " ").split() if run.isdigit()]

    assert all(len(run) < 5 for run in runs)
