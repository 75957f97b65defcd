"""What the gateway itself says to people. Everything about guidelines comes from the front door."""

from __future__ import annotations

COMMANDS = (
    ("start", "What this is"),
    ("help", "What you can ask"),
    ("brief", "A briefing for a country: /brief Japan"),
    ("language", "Which languages are answered"),
    ("link", "Link this account to you, with a code from the AskFirst page"),
    ("unlink", "Remove that link"),
    ("forget", "Forget this conversation"),
)

START = """AskFirst: may I use this app?

Ask before you install, open or carry an app, say: Can I use WeChat on my work phone in China? You get the \
guideline that decides, its reason and its source.

To Telegram this chat is not secret: leave out names and anything classified. Until you link this account to \
yourself on the AskFirst page, with /link and the code from there, you get general, public guidance at most.

/help says what you can ask."""
HELP_COMMANDS = "Commands:\n" + "\n".join(f"- /{name}: {what}" for name, what in COMMANDS)
LANGUAGE = (
    "AskFirst reads and answers English. The names of apps, places and devices are also recognised in other "
    "languages, and what was guessed from them is checked with you first."
)
LINK_HOW = (
    "Sign in on the AskFirst page, choose “Linked accounts” and make a code there. Then send it here: "
    "/link ABCD-2345"
)
LINKED = "This account is linked to {name} now. Remove the link with /unlink, or on the AskFirst page."
NOT_LINKED = "That did not work: {why}."
UNLINKED = "The link is removed, and what this conversation held is forgotten. This account is nobody's now."
WAS_NOT_LINKED = "This account is not linked to anybody."
FORGOTTEN = (
    "This conversation is forgotten. Questions that had no clear answer stay logged, without your name. "
    "Telegram keeps the messages in this chat until you delete them there."
)
UNKNOWN_COMMAND = "There is no such command.\n\n" + HELP_COMMANDS
CORRECTED = "To your corrected message:"
OLD_BUTTON = "That button belongs to an earlier question. Please ask again."
TOO_LONG = "That is more than the 2,000 characters that I can read: please shorten it."
SORRY = (
    "Sorry, I cannot look that up right now: AskFirst is not answering. Nothing is permitted in the "
    "meantime: please hold off, and ask again in a few minutes."
)
FLOOD = (
    "You sent more messages than I can take at once, and the last ones were left out. Please send what still "
    "matters again, one at a time."
)
TEXT_ONLY = "Please write your question in words."
DECLINED = {
    "group": (
        "I answer in private chats only: in a group, everybody would read where you are posted. Please write "
        "to me alone."
    ),
    "forwarded": (
        "I do not read forwarded messages: they are somebody else's words, and may say more about people "
        "than they want. Please ask in your own words."
    ),
    "photo": f"I cannot look at pictures, and they may show more than you mean to. {TEXT_ONLY}",
    "voice": f"I cannot listen to recordings, and a voice says who you are. {TEXT_ONLY}",
    "video": f"I cannot watch videos, and they may show more than you mean to. {TEXT_ONLY}",
    "sticker": f"I cannot read stickers and animations. {TEXT_ONLY}",
    "document": f"I do not open files: they may hold what must not be here. {TEXT_ONLY}",
    "location": f"Please send no places from your phone: nobody needs to know where you are. {TEXT_ONLY}",
    "contact": f"Please do not send me contacts: they are other people's details. {TEXT_ONLY}",
    "other": f"I can only read text. {TEXT_ONLY}",
}
