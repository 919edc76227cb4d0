"""Who tries: the people of a group of every role, one of another group, and two of none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.domain.people import Account
from tests.groups import a_tree

HOME, COLLEGE, ELSEWHERE = "T0HOME", "T0COLLEGE", "T0ELSEWHERE"
CHANNEL, CLEARANCE = "C0IMAGING", "C0CLEARANCE"
SECRET = "zebracrossing"
"""Stands in everything said, given as a reason or attached: who reads it sees an owner's words."""


@dataclass(frozen=True, kw_only=True)
class Role:
    """Somebody who tries, and the item of which they are what they are."""

    key: str
    title: str
    user: str
    team: str = HOME
    item: str = "A-01"

    @property
    def account(self) -> Account:
        """Their Slack account."""
        return Account(team_id=self.team, user_id=self.user)


ROLES = (
    Role(key="owner", title="the owner", user="UPRIYA", team=COLLEGE),
    Role(key="cover", title="the named cover", user="UCORA"),
    Role(key="supporter", title="a supporter", user="UTARA", team=COLLEGE),
    Role(key="lead", title="the body's lead", user="ULEO", team=COLLEGE),
    Role(key="other owner", title="the owner of another item", user="UAISHA"),
    Role(key="member", title="a member", user="UGRACE"),
    Role(key="secretariat", title="the secretariat", user="USAM"),
    Role(key="secretariat owns", title="the secretary who owns it", user="URUTH", item="A-03"),
    Role(
        key="colleague owns", title="a secretary whose colleague owns it", user="USAM", item="A-03"
    ),
    Role(key="chair", title="the chair", user="UHELEN"),
    Role(key="chair owns", title="the chair who owns it", user="UHELEN", item="A-04"),
    Role(key="deputy", title="the deputy chair", user="UOWEN"),
    Role(
        key="deputy above", title="the deputy, where the chair owns it", user="UOWEN", item="A-04"
    ),
    Role(key="signatory", title="a signatory", user="UMARGARET"),
    Role(key="clearer", title="a further clearer", user="UCLARE"),
    Role(key="sponsor", title="the sponsor", user="UJOAN"),
    Role(key="former", title="a former secretary, still a member", user="UEDWARD"),
    Role(key="gone", title="somebody whose role has ended", user="ULENA"),
    Role(key="other group", title="a member of another group", user="UOMAR"),
    Role(key="outsider", title="somebody else in the workspace", user="USID"),
    Role(key="stranger", title="somebody of another organisation", user="UMAX", team=ELSEWHERE),
)
BY_KEY = {role.key: role for role in ROLES}
KEYS = frozenset(BY_KEY)

OUTSIDE = frozenset({"gone", "outsider", "stranger"})
"""Nobody of ours: one sentence, whatever they try."""
ELSE = frozenset({"other group"})
"""Answered by their own group, of which nothing here may be told."""
MEMBERS = KEYS - OUTSIDE - ELSE
ABOUT_AN_ITEM = frozenset({"secretariat owns", "colleague owns", "chair owns", "deputy above"})
"""Who is tried apart only where it matters whose item it is."""

SECRETARIAT = frozenset({"secretariat", "secretariat owns", "colleague owns"})
CHAIR = frozenset({"chair", "chair owns"})
CHAIRS = CHAIR | {"deputy", "deputy above"}
OWNS = frozenset({"owner", "secretariat owns", "chair owns"})
MAY_CHANGE = OWNS | {"cover"} | SECRETARIAT
"""Rule 5: the owner, a named cover and the secretariat."""

FROM = "2022-05-10"
PEOPLE = (
    ("Priya Nair", "rcr", "UPRIYA", COLLEGE),
    ("Cora Bell", "nhse", "UCORA", HOME),
    ("Tara Quinn", "rcr", "UTARA", COLLEGE),
    ("Leo Hart", "rcr", "ULEO", COLLEGE),
    ("Aisha Rahman", "nhse", "UAISHA", HOME),
    ("Grace Adeyemi", "cqc", "UGRACE", HOME),
    ("Sam Okafor", "nhse", "USAM", HOME),
    ("Ruth Delaney", "nhse", "URUTH", HOME),
    ("Helen Marsh", "nhse", "UHELEN", HOME),
    ("Owen Pryce", "nhse", "UOWEN", HOME),
    ("Margaret Finch", "nhse", "UMARGARET", HOME),
    ("Clare Dunn", "nhse", "UCLARE", HOME),
    ("Joan Whitaker", "nhse", "UJOAN", HOME),
    ("Edward Lyle", "nhse", "UEDWARD", HOME),
    ("Lena Moss", "cqc", "ULENA", HOME),
    ("Peter Lowe", "cqc", None, HOME),
)
HOLD: tuple[tuple[str, str, str | None], ...] = (
    *((name, "member", None) for name in ("Priya Nair", "Cora Bell", "Tara Quinn", "Leo Hart")),
    *((name, "member", None) for name in ("Aisha Rahman", "Grace Adeyemi", "Edward Lyle")),
    ("Peter Lowe", "member", None),
    ("Sam Okafor", "secretariat", None),
    ("Ruth Delaney", "secretariat", None),
    ("Helen Marsh", "chair", None),
    ("Owen Pryce", "deputy_chair", None),
    ("Margaret Finch", "signatory", None),
    ("Clare Dunn", "clearer", None),
    ("Joan Whitaker", "sponsor", None),
    ("Edward Lyle", "secretariat", "2022-05-11"),
    ("Lena Moss", "member", "2022-05-11"),
)
TITLES = (
    "Publish the guidance",
    "Ask the departments",
    "Write the minutes",
    "Open the conference",
    "Collect the returns",
)
NAMES = frozenset(name for name, *_ in PEOPLE)


REGULARLY = {"ref": "C-2", "words": "We will write to your Committee regularly", "standing": True}


def ours() -> dict[str, Any]:
    """The group in which everything is tried."""
    tree = a_tree()
    tree["group"] |= {
        "channel": CHANNEL,
        "clearance_channel": CLEARANCE,
        "policy": {
            "audiences": {"committees": ["pacac-chair"]},
            "sender": ["Imaging group"],
            "report": {
                "title": "Imaging",
                "number": "HC 393",
                "published": "July 2021",
                "publisher": "PHSO",
                "matters": "It looked at imaging.",
            },
            "contact": "the secretariat, imaging@example.org",
        },
    }
    tree["bodies"][1]["lead"] = "Leo Hart"
    tree["bodies"].append(
        {"key": "cqc", "names": [{"name": "Care Quality Commission", "short": "CQC"}]}
    )
    tree["people"] = [
        {"name": name, "body": body, "accounts": [{"team": team, "user": user}] if user else []}
        for name, body, user, team in PEOPLE
    ]
    tree["roles"] = [_role(*held) for held in HOLD]
    tree["letters"][0]["signatories"] = ["Margaret Finch"]
    tree["letters"][0]["commitments"].append(REGULARLY)
    tree["items"] = [
        _item("A-01", TITLES[0], "Priya Nair", answers=["C-1", "R-1"])
        | {"supporters": ["Tara Quinn"]},
        _item("A-02", TITLES[1], "Aisha Rahman"),
        _item("A-03", TITLES[2], "Ruth Delaney"),
        _item("A-04", TITLES[3], "Helen Marsh"),
        _item("A-05", TITLES[4], "Peter Lowe"),
    ]
    return {"sample": True, **tree}


def _item(ref: str, title: str, owner: str, answers: list[str] | None = None) -> dict[str, Any]:
    return {
        "ref": ref,
        "title": title,
        "owner": owner,
        "answers": answers or [],
        "due": "29 July 2022",
    }


def _role(name: str, role: str, until: str | None) -> dict[str, Any]:
    held: dict[str, Any] = {"person": name, "role": role, "from": FROM}
    if until:
        held["to"] = until
    if role == "signatory":
        held["title"] = "Director of Diagnostics"
    return held


def another() -> dict[str, Any]:
    """A group of somebody else's in the same workspace."""
    tree = a_tree()
    tree["group"] |= {"key": "rota", "name": "Rota group"}
    tree["people"] = [
        {"name": "Omar Reid", "body": "nhse", "accounts": [{"team": HOME, "user": "UOMAR"}]},
        {"name": "Una Shaw", "body": "nhse", "accounts": [{"team": HOME, "user": "UUNA"}]},
    ]
    tree["roles"] = [
        {"person": "Una Shaw", "role": "secretariat", "from": FROM},
        {"person": "Omar Reid", "role": "member", "from": FROM},
        {"person": "Una Shaw", "role": "chair", "from": FROM},
    ]
    tree["recommendations"], tree["letters"] = [], []
    tree["items"] = [_item("A-21", "Draw up the rota", "Omar Reid")]
    return {"sample": True, **tree}
