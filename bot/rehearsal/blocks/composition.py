"""Texts, options, confirmations: what blocks and elements are made of."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.blocks.checks import (
    Check,
    Problems,
    address,
    anything,
    as_list,
    at_least_one,
    boolean,
    exactly_one,
    kinds,
    listing,
    one_of,
    text,
    thing,
)

ACTION_ID = text(255)
BLOCK_ID = text(255)


def plain(limit: int = 3000) -> Check:
    """A plain_text object of so many characters."""
    fields = {"type": one_of("plain_text"), "text": text(limit), "emoji": boolean}
    return thing(fields, required=("type", "text"))


def mrkdwn(limit: int = 3000) -> Check:
    """A mrkdwn object of so many characters."""
    fields = {"type": one_of("mrkdwn"), "text": text(limit), "verbatim": boolean}
    return thing(fields, required=("type", "text"))


def words(limit: int = 3000) -> Check:
    """Either kind of text object."""
    return kinds({"plain_text": plain(limit), "mrkdwn": mrkdwn(limit)})


PLACEHOLDER = plain(150)

CONFIRM = thing(
    {
        "title": plain(100),
        "text": words(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": one_of("primary", "danger"),
    },
    required=("title", "text", "confirm", "deny"),
)


def option(label: Check, **more: Check) -> Check:
    """An option whose texts pass `label`."""
    fields = {"text": label, "value": text(150), "description": label, **more}
    return thing(fields, required=("text", "value"))


PLAIN_OPTION = option(plain(75))
MENU_OPTION = option(plain(75), url=address())
BOX_OPTION = option(words(75))

OPTION_GROUP = thing(
    {"label": plain(75), "options": listing(PLAIN_OPTION, most=100)},
    required=("label", "options"),
)

SLACK_FILE = thing(
    {"url": address(), "id": text(255)},
    rules=(exactly_one("url", "id"),),
)

DISPATCH = thing(
    {
        "trigger_actions_on": listing(
            one_of("on_enter_pressed", "on_character_entered"), most=2, unique=True
        )
    },
    required=("trigger_actions_on",),
)

CONVERSATION_FILTER = thing(
    {
        "include": listing(one_of("im", "mpim", "private", "public"), most=4, unique=True),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    rules=(at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

WORKFLOW = thing(
    {
        "trigger": thing(
            {
                "url": address(),
                "customizable_input_parameters": listing(
                    thing({"name": text(255), "value": anything}, required=("name", "value")),
                    most=100,
                    least=0,
                ),
            },
            required=("url",),
        )
    },
    required=("trigger",),
)


def image(alt_limit: int, **more: Check) -> Check:
    """A picture, by address or as a Slack file."""
    return thing(
        {
            "type": one_of("image"),
            "alt_text": text(alt_limit),
            "image_url": address(),
            "slack_file": SLACK_FILE,
            **more,
        },
        required=("type", "alt_text"),
        rules=(exactly_one("image_url", "slack_file"),),
    )


def initial_among(name: str) -> Any:
    """A rule: what is chosen at first must be among what is offered."""

    def rule(value: dict[str, Any], where: str, problems: Problems) -> None:
        chosen = value.get(name)
        offered = list(as_list(value.get("options")))
        for group in as_list(value.get("option_groups")):
            if isinstance(group, dict):
                offered += as_list(group.get("options"))
        wanted = chosen if isinstance(chosen, list) else [chosen]
        if chosen is not None and any(each not in offered for each in wanted):
            problems.append(f"[ERROR] not among the options [json-pointer:{where}/{name}]")

    return rule
