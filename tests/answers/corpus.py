"""A small corpus of real guidance, with an illustrative department beside it, for the tests of answers."""

from __future__ import annotations

from typing import Any

from guidelines.formats import corpus_from_dict
from guidelines.rules import Corpus

ROLES = {
    "official": ("government official", ["any"]),
    "defence-official": ("Defence official", ["official"]),
    "defence-member": ("ADF member", ["defence-official"]),
    "defence-attache": ("Defence attaché", ["defence-official"]),
    "dfat-official": ("DFAT official", ["official"]),
    "diplomat": ("diplomat", ["dfat-official"]),
    "locally-engaged-staff": ("locally engaged staff member", ["dfat-official"]),
    "trade-commissioner": ("trade commissioner", ["official"]),
    "parliamentarian": ("parliamentarian", ["any"]),
    "mp": ("member of parliament", ["parliamentarian"]),
    "senator": ("senator", ["parliamentarian"]),
}
DEVICES = {
    "work-device": ("work device", ["any"]),
    "personal-device": ("personal device", ["any"]),
    "phone": ("phone", ["any"]),
    "laptop": ("laptop", ["any"]),
    "work-phone": ("work phone", ["work-device", "phone"]),
    "work-laptop": ("work laptop", ["work-device", "laptop"]),
    "travel-phone": ("travel phone", ["work-device", "phone"]),
    "personal-phone": ("personal phone", ["personal-device", "phone"]),
    "personal-laptop": ("personal laptop", ["personal-device", "laptop"]),
    "byod-phone": ("enrolled personal phone", ["personal-device", "phone"]),
}
COUNTRIES = {
    "overseas": ("overseas", ["any"]),
    "east-asia": ("East Asia", ["overseas"]),
    "AU": ("Australia", ["any"]),
    "CN": ("China", ["east-asia"]),
    "JP": ("Japan", ["east-asia"]),
    "KR": ("South Korea", ["east-asia"]),
    "FJ": ("Fiji", ["overseas"]),
    "US": ("United States", ["overseas"]),
}
APPS = {
    "category:messaging": ("messaging apps", ["any"]),
    "category:social": ("social media apps", ["any"]),
    "category:fitness-location": ("fitness and location-sharing apps", ["any"]),
    "vendor-country:CN": ("apps made in China", ["any"]),
    "wechat": ("WeChat", ["category:messaging", "vendor-country:CN"]),
    "whatsapp": ("WhatsApp", ["category:messaging"]),
    "signal": ("Signal", ["category:messaging"]),
    "line": ("LINE", ["category:messaging"]),
    "kakaotalk": ("KakaoTalk", ["category:messaging"]),
    "facebook": ("Facebook", ["category:social"]),
    "tiktok": ("TikTok", ["category:social", "vendor-country:CN"]),
    "strava": ("Strava", ["category:fitness-location"]),
}
AFR = {
    "title": "Australia's Defence Department bans Chinese app WeChat",
    "publisher": "Australian Financial Review",
    "url": "https://www.afr.com/technology/australias-defence-department-bans-chinese-app-wechat-20180310-h0xay8",
    "date": "2018-03",
}
PSPF = {
    "title": "PSPF Direction 001-2023 on the TikTok application",
    "publisher": "Department of Home Affairs",
    "url": "https://protectivesecurity.gov.au/protective-security-directions-under-pspf",
    "date": "2023-04-04",
}
PRACTICE = {
    "title": "Messaging at post, practice note (illustrative)",
    "publisher": "AskFirst illustrative content",
    "url": "https://example.org/messaging-at-post",
    "date": "2026-03-02",
}
WECHAT_CONDITIONS = ["Keep it on a device bought for the posting.", "No official information."]
LOCAL_CONDITIONS = ["Daily life only; move anything about work to a work device."]

GUIDELINES: list[dict[str, Any]] = [
    {
        "id": "defence-mobile-apps",
        "title": "Apps on Defence mobile devices",
        "issuer": "Department of Defence",
        "owner": {"team": "Defence ICT Security", "contact": "ict-security@defence.example.org"},
        "version": "1",
        "status": "in-force",
        "review_by": "2027-06-30",
        "provenance": "public-record",
        "sources": [AFR],
        "rules": [
            {
                "id": "defence-wechat-work",
                "effect": "prohibited",
                "scope": {"role": ["defence-official"], "device": ["work-device"], "app": ["wechat"]},
                "reason": "Defence has said that WeChat is unauthorised software on its mobile devices.",
            },
            {
                "id": "defence-facebook-work",
                "effect": "conditional",
                "scope": {"role": ["defence-official"], "device": ["work-device"], "app": ["facebook"]},
                "conditions": ["Only the limited use that Defence supports."],
                "reason": "Defence permits limited use of Facebook on its mobile devices.",
            },
            {
                "id": "defence-whatsapp-work",
                "effect": "approval-required",
                "scope": {"role": ["defence-official"], "device": ["work-device"], "app": ["whatsapp"]},
                "approver": "Ask Defence ICT Security, which was assessing it; allow 20 working days.",
                "reason": "WhatsApp was still going through a security assessment.",
            },
        ],
    },
    {
        "id": "pspf-tiktok",
        "title": "The TikTok direction",
        "issuer": "Attorney-General's Department",
        "owner": {"team": "PSPF policy", "contact": "pspf@homeaffairs.example.org"},
        "version": "1",
        "status": "in-force",
        "review_by": "2027-06-30",
        "provenance": "public-record",
        "sources": [PSPF],
        "rules": [
            {
                "id": "pspf-tiktok-work",
                "effect": "prohibited",
                "scope": {"device": ["work-device"], "app": ["tiktok"]},
                "binding": True,
                "reason": "Agencies must keep TikTok off the devices they issue.",
            }
        ],
    },
    {
        "id": "dee-messaging-at-post",
        "title": "Messaging apps at post (illustrative)",
        "issuer": "Department of External Engagement (illustrative)",
        "owner": {"team": "Post Security (illustrative)", "contact": "post-security@dee.example.org"},
        "version": "1",
        "status": "in-force",
        "review_by": "2027-06-30",
        "provenance": "illustrative",
        "sources": [PRACTICE],
        "rules": [
            {
                "id": "dee-work-baseline",
                "effect": "approval-required",
                "scope": {"role": ["dfat-official"], "device": ["work-device"]},
                "approver": "Ask Digital Security for an assessment; allow 15 working days.",
                "reason": "Nothing goes on a work device without an assessment.",
                "baseline": True,
            },
            {
                "id": "dee-wechat-china-work",
                "effect": "approval-required",
                "scope": {
                    "role": ["dfat-official"],
                    "device": ["work-phone"],
                    "country": ["CN"],
                    "app": ["wechat"],
                },
                "approver": "Ask the head of mission through the post security officer; allow 10 days.",
                "reason": "Few contacts in China can be reached without WeChat.",
            },
            {
                "id": "dee-wechat-china-own",
                "effect": "conditional",
                "scope": {
                    "role": ["dfat-official"],
                    "device": ["personal-device"],
                    "country": ["CN"],
                    "app": ["wechat"],
                },
                "conditions": WECHAT_CONDITIONS,
                "reason": "Shops, schools and neighbours in China run on WeChat.",
            },
            {
                "id": "dee-local-messaging-own",
                "effect": "conditional",
                "scope": {
                    "role": ["dfat-official"],
                    "device": ["personal-device"],
                    "country": ["JP", "KR"],
                    "app": ["line", "kakaotalk", "whatsapp"],
                },
                "conditions": LOCAL_CONDITIONS,
                "reason": "This is how people at post reach their landlord, school and friends.",
            },
            {
                "id": "dee-signal",
                "effect": "allowed",
                "scope": {"role": ["dfat-official"], "app": ["signal"]},
                "reason": "Signal was assessed and may be used on any device.",
            },
        ],
    },
    {
        "id": "dee-fitness",
        "title": "Fitness apps near bases (illustrative)",
        "issuer": "Department of External Engagement (illustrative)",
        "owner": {"team": "Post Security (illustrative)", "contact": "post-security@dee.example.org"},
        "version": "1",
        "status": "in-force",
        "review_by": "2024-06-30",
        "provenance": "illustrative",
        "sources": [PRACTICE],
        "rules": [
            {
                "id": "dee-strava",
                "effect": "allowed",
                "scope": {"role": ["dfat-official"], "device": ["personal-device"], "app": ["strava"]},
                "reason": "Fitness apps were accepted on a device of your own.",
            }
        ],
    },
    {
        "id": "dee-trade",
        "title": "Trade posts (illustrative)",
        "issuer": "Trade Office (illustrative)",
        "owner": {"team": "Trade Network Security (illustrative)", "contact": "security@trade.example.org"},
        "version": "1",
        "status": "in-force",
        "review_by": "2027-06-30",
        "provenance": "illustrative",
        "sources": [PRACTICE],
        "rules": [
            {
                "id": "trade-kakaotalk-allowed",
                "effect": "allowed",
                "scope": {"role": ["trade-commissioner"], "country": ["KR"], "app": ["kakaotalk"]},
                "reason": "Clients in South Korea answer on KakaoTalk.",
            },
            {
                "id": "trade-kakaotalk-work",
                "effect": "prohibited",
                "scope": {"role": ["trade-commissioner"], "device": ["work-device"], "app": ["kakaotalk"]},
                "reason": "KakaoTalk was not assessed for work devices.",
            },
        ],
    },
]  # fmt: skip


def corpus() -> Corpus:
    """The whole corpus."""
    schemes = {"role": ROLES, "device": DEVICES, "country": COUNTRIES, "app": APPS}
    return corpus_from_dict(
        {
            "vocabulary": {
                scheme: [
                    {"id": "any", "prefLabel": f"any {scheme}", "altLabels": [], "broader": []},
                    *(
                        {"id": id, "prefLabel": label, "altLabels": [], "broader": broader}
                        for id, (label, broader) in concepts.items()
                    ),
                ]
                for scheme, concepts in schemes.items()
            },
            "guidelines": GUIDELINES,
        }
    )
