"""Some weeks of a group's life through the real app, so that everything the bot says is said."""

from __future__ import annotations

from typing import Any

from bot.rehearsal import Message, View, buttons
from bot.slack.routes import action_name
from tests.conversations.conftest import (
    CHANNEL,
    CLEARANCE,
    OUTSIDE_OWNER,
    OWNER,
    SECRETARY,
    Running,
)

QUESTIONS = (
    ("/status", ""),
    ("/status", "all"),
    ("/status", "A-04"),
    ("/status", "overdue"),
    ("/status", "mine"),
    ("/status", "nudges"),
    ("/followthrough", "help"),
    ("/followthrough", "was I asked about A-04?"),
    ("/followthrough", "open the pod bay doors"),
    ("/draft-update", ""),
)
VALUES: dict[str, Any] = {
    "date": "30 September 2022",
    "reason": "The vendor is late <!channel> & sorry",
    "link": "https://example.org/evidence",
    "title": "The minutes",
    "supporters": "Tom Ashby",
    "item": "A-05",
    "new_name": "",
    "new_account": "",
}
UNWILLING = "UTOM"
NEW_MEMBER = "UPETERLOWE"
OPENING = (
    "reply.not_mine",
    "intro.not_mine",
    "reply.more_time",
    "evidence.add",
    "date.ask",
    "date.refuse",
    "evidence.reject",
    "owner.give",
    "seat.who",
    "handover.open",
    "snooze.open",
    "days.open",
)
CHOSEN = {"status": "At risk", "how": "At a meeting"}
KEPT = {
    "A-05": (
        "keep.edit",
        "keep.give",
        "keep.links",
        "keep.date",
        "keep.pause",
        "keep.withdraw",
        "keep.close",
    ),
    "A-04": ("keep.reopen",),
}
OBJECTING = "UFIONA"


class Everyday:
    """Plays; keeps what cannot be read off the workspace: acknowledgements' own bodies."""

    def __init__(self, bot: Running) -> None:
        self.bot = bot
        self.said: list[tuple[str, list[dict[str, Any]]]] = []
        self.modals: list[dict[str, Any]] = []
        self.pressed: set[str] = set()

    def play(self) -> None:
        """From Start to a letter that has gone, with an outage on the way."""
        self.start()
        self.ask()
        self.claim()
        self.take_on()
        self.speak()
        self.keep()
        self.press_everything()
        for days in (14, 21):
            self.bot.advance(days=days)
            self.press_everything()
        self.press_everything()
        self.letter()
        self.homes()
        self.outage()
        self.hand_over()

    def start(self) -> None:
        """The secretary sees who will be written to, and presses Start."""
        secretary = self.bot.person(SECRETARY)
        answer = secretary.command("/followthrough", "start")
        self.said.append((answer.text, answer.blocks))
        secretary.press(secretary.ephemerals()[-1], "group.start")
        self.bot.settle()

    def claim(self) -> None:
        """Somebody of another organisation, of whom nobody knew the account, says who they are."""
        workspace = self.bot.slack.workspace
        workspace.add_team("TPROVIDERS", "Providers")
        workspace.add_user(NEW_MEMBER, "Peter", team="TPROVIDERS")
        workspace.join(workspace.channel(CHANNEL), workspace.user(NEW_MEMBER))
        person = self.bot.person(NEW_MEMBER)
        person.press([m for m in person.sees(CHANNEL) if m.by_bot][-1], "seat.claim")
        modal = person.modal()
        assert modal is not None
        self.modals.append(modal.body)
        person.submit(modal, {"name": "Peter Lowe", "email": "peter@example.org"})
        said = person.modal()
        if said is not None:
            self.modals.append(said.body)
            person.close(said)
        self.bot.settle()
        self.push_latest(SECRETARY, "seat.who")
        self.push_latest(SECRETARY, "seat.confirm")

    def hand_over(self) -> None:
        """Somebody asks to hand over what they have, and the secretary does."""
        self.bot.person(OWNER).tell("hand over to Grace Adeyemi")
        self.bot.settle()
        self.push_latest(SECRETARY, "handover.open")

    def take_on(self) -> None:
        """Every owner says that their items are theirs, but for one who says that they are not."""
        for user in self.everybody():
            answer = "intro.not_mine" if user == UNWILLING else "intro.mine"
            for message in self.seen(user):
                for element in buttons(message):
                    if action_name(element["action_id"]) == answer:
                        self.push(user, message, element, settle=False)
        self.bot.settle()

    def ask(self) -> None:
        """Every command, by the secretary and in a DM."""
        for name, text in QUESTIONS:
            answer = self.bot.person(SECRETARY).command(name, text)
            assert answer.error == ""
            self.said.append((answer.text, answer.blocks))
        self.bot.person(OWNER).tell("status mine")
        self.bot.settle()

    def speak(self) -> None:
        """Answers that are clear and that are not, in a DM, a thread and a channel."""
        owner = self.bot.person(OWNER)
        owner.tell("A-04 is on track")
        self.bot.settle()
        self.push_latest(OWNER, "snooze.open")
        for text in (
            "A-04 is on track, ask me again in two weeks",
            "A-04 needs until 30 September because the vendor is late",
            "A-04 is done",
            "soonish, perhaps",
            "A-07 should be withdrawn because the programme was stopped",
        ):
            owner.tell(text)
            self.bot.settle()
        self.push_latest(OWNER, "question.answer")
        outside = self.bot.person(OUTSIDE_OWNER)
        outside.reply(outside.inbox()[0], "A-01 is at risk: the supplier is late")
        owner.mention(CHANNEL, "")
        self.bot.settle()

    def keep(self) -> None:
        """The secretary keeps the register; an owner objects to both that was done for them."""
        secretary = self.bot.person(SECRETARY)
        for text in ("add", "record A-05"):
            secretary.command("/action", text)
            self._look(SECRETARY, send=text != "add")
        for ref, names in KEPT.items():
            answer = secretary.command("/action", ref)
            self.said.append((answer.text, answer.blocks))
            shown = secretary.ephemerals()[-1]
            for element in buttons(shown):
                name = action_name(element["action_id"])
                if name in names:
                    secretary.press(shown, element["action_id"], value=element["value"])
                    self._look(SECRETARY, send=name == "keep.edit")
        self.bot.settle()
        for message in self.seen(OBJECTING):
            for element in buttons(message):
                if action_name(element["action_id"]) == "recorded.object":
                    self.push(OBJECTING, message, element)

    def _look(self, user: str, *, send: bool) -> None:
        """A form that was opened, sent in or only looked at."""
        modal = self.bot.person(user).modal()
        assert modal is not None
        if send:
            self._fill(user, modal)
            return
        self.modals.append(modal.body)
        self.bot.person(user).close(modal)

    def press_everything(self) -> None:
        """Each kind of button once, by whoever was sent it; the modals it opens are sent in."""
        shown = [
            (user, message, element)
            for user in self.everybody()
            for message in self.seen(user)
            for element in buttons(message)
        ]
        # What only opens a modal leaves the other buttons where they are.
        for user, message, element in sorted(shown, key=lambda each: _rank(each[2])):
            name = action_name(element["action_id"])
            if name not in self.pressed and not name.startswith("letter."):
                self.push(user, message, element)

    def letter(self) -> None:
        """Drafted with a finding, answered, submitted, sent back; drafted again, and gone."""
        self.bot.person(OUTSIDE_OWNER).tell("A-01 is blocked by our supplier")
        self.bot.settle()
        for name in ("letter.send_back", "letter.clear"):
            answer = self.bot.person(SECRETARY).command("/draft-update", "committees")
            self.said.append((answer.text, answer.blocks))
            self.bot.settle()
            self.push_latest(SECRETARY, "letter.answer")
            self.push_latest(SECRETARY, "letter.submit")
            for user in self.everybody():
                self.push_latest(user, name)
        self.push_latest(SECRETARY, "letter.sent")

    def everybody(self) -> list[str]:
        """Who is in the group's channel, the bot left out."""
        workspace = self.bot.slack.workspace
        members = workspace.channel(CHANNEL).members
        return [user for user in members if user != workspace.app.bot_user_id]

    def seen(self, user: str) -> list[Message]:
        """What the bot has said to them, in the clearance channel too."""
        person = self.bot.person(user)
        said = person.inbox()
        if user in self.bot.slack.workspace.channel(CLEARANCE).members:
            said += [m for m in person.sees(CLEARANCE) if m.by_bot]
        return said

    def push_latest(self, user: str, name: str) -> None:
        """Press the newest button of this name, if they have one."""
        for message in sorted(self.seen(user), key=lambda m: float(m.ts), reverse=True):
            for element in buttons(message):
                if action_name(element["action_id"]) == name:
                    self.push(user, message, element)
                    return

    def push(
        self, user: str, message: Message, element: dict[str, Any], *, settle: bool = True
    ) -> None:
        """Press a button that still stands, and fill what it opens."""
        shown = self.bot.slack.workspace.message(message.channel, message.ts)
        if element["value"] not in [b["value"] for b in buttons(shown)]:
            return
        person = self.bot.person(user)
        person.press(message, element["action_id"], value=element["value"])
        self.pressed.add(action_name(element["action_id"]))
        modal = person.modal()
        if modal is not None:
            self._fill(user, modal)
        if settle:
            self.bot.settle()

    def _fill(self, user: str, modal: View) -> None:
        person = self.bot.person(user)
        self.modals.append(modal.body)
        inputs = [b for b in modal.body["blocks"] if b["type"] == "input"]
        typed = [b["block_id"] for b in inputs if b["element"]["type"] == "plain_text_input"]
        chosen = {b["block_id"]: CHOSEN[b["block_id"]] for b in inputs if b["block_id"] in CHOSEN}
        filled = {name: VALUES.get(name, VALUES["reason"]) for name in typed}
        person.submit(modal, {**filled, **chosen})
        left = person.modal()
        if left is not None:
            self.modals.append(left.body)
            person.close(left)

    def homes(self) -> None:
        """Everybody opens the Home tab."""
        for user in self.everybody():
            self.bot.person(user).open_home()
        self.bot.settle()

    def outage(self) -> None:
        """A reply in a thread while the bot is away, and two messages that may not have gone."""
        owner = self.bot.person(OWNER)
        head = owner.inbox()[-1]
        self.bot.stop()
        owner.reply(head, "A-04 is at risk: the vendor is late", wait=False)
        self.bot.slack.advance(minutes=1)
        for matching in (None, in_a_thread):
            self.bot.slack.faults.add(
                method="chat.postMessage", kind="drop_after_acceptance", matching=matching
            )
        self.bot.start()
        self.bot.settle()
        self.bot.advance(minutes=30)


def _rank(element: dict[str, Any]) -> int:
    name = action_name(element["action_id"])
    return OPENING.index(name) if name in OPENING else len(OPENING)


def in_a_thread(args: dict[str, Any]) -> bool:
    """A message for a thread."""
    return bool(args.get("thread_ts"))
