"""Some weeks of a group's life through the real app, so that everything the bot says is said."""

from __future__ import annotations

from typing import Any

from bot.rehearsal import buttons
from bot.slack.routes import action_name
from tests.conversations.conftest import CHANNEL, OUTSIDE_OWNER, OWNER, SECRETARY
from tests.conversations.hands import Hands

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
UNWILLING = "UTOM"
NEW_MEMBER = "UPETERLOWE"
KEPT = {
    "A-05": (
        "keep.edit",
        "keep.give",
        "keep.links",
        "keep.ladder",
        "keep.date",
        "keep.pause",
        "keep.withdraw",
        "keep.close",
    ),
    "A-04": ("keep.reopen",),
}
OBJECTING = "UFIONA"


class Everyday(Hands):
    """The weeks, from Start to a letter that has gone."""

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
            self.look(SECRETARY, send=text != "add")
        for ref, names in KEPT.items():
            answer = secretary.command("/action", ref)
            self.said.append((answer.text, answer.blocks))
            shown = secretary.ephemerals()[-1]
            for element in buttons(shown):
                name = action_name(element["action_id"])
                if name in names:
                    secretary.press(shown, element["action_id"], value=element["value"])
                    self.look(SECRETARY, send=name == "keep.edit")
        self.bot.settle()
        for message in self.seen(OBJECTING):
            for element in buttons(message):
                if action_name(element["action_id"]) == "recorded.object":
                    self.push(OBJECTING, message, element)

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


def in_a_thread(args: dict[str, Any]) -> bool:
    """A message for a thread."""
    return bool(args.get("thread_ts"))
