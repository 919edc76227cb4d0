"""Buttons, menus and inputs, and which block takes which."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.blocks.checks import (
    Check,
    Problems,
    address,
    boolean,
    exactly_one,
    kinds,
    listing,
    one_of,
    pattern,
    problem,
    text,
    thing,
    whole,
)
from bot.rehearsal.blocks.composition import (
    ACTION_ID,
    BOX_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    MENU_OPTION,
    OPTION_GROUP,
    PLACEHOLDER,
    PLAIN_OPTION,
    WORKFLOW,
    image,
    initial_among,
    mrkdwn,
    plain,
)
from bot.rehearsal.blocks.rich_text import RICH_TEXT

MANY = 1_000_000
USER_ID = pattern(r"[UW][A-Z0-9]+", "a user id")
CHANNEL_ID = pattern(r"[CG][A-Z0-9]+", "a channel id")
DAY = pattern(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date as YYYY-MM-DD")
TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm")
DECIMAL = pattern(r"-?\d+(\.\d+)?", "a number")

FOCUS: dict[str, Check] = {"focus_on_load": boolean}
PROMPT: dict[str, Check] = {"placeholder": PLACEHOLDER, **FOCUS}
ASK: dict[str, Check] = {"confirm": CONFIRM, **FOCUS}


def element(name: str, required: tuple[str, ...] = (), rules: Any = (), **fields: Check) -> Check:
    """An element of this type: its own fields beside `type` and `action_id`."""
    every = {"type": one_of(name), "action_id": ACTION_ID, **fields}
    return thing(every, required=("type", *required), rules=rules)


def typed(name: str, required: tuple[str, ...] = (), rules: Any = (), **fields: Check) -> Check:
    """An input that is typed into."""
    return element(name, required, rules, dispatch_action_config=DISPATCH, **PROMPT, **fields)


def menu(name: str, rules: Any = (), **fields: Check) -> Check:
    """A menu to choose from."""
    return element(name, (), rules, confirm=CONFIRM, **PROMPT, **fields)


def _ordered(low: str, high: str) -> Any:
    def rule(value: dict[str, Any], where: str, problems: Problems) -> None:
        try:
            wrong = float(value[low]) > float(value[high])
        except (KeyError, TypeError, ValueError):
            return
        if wrong:
            problems.append(problem(f"{low} must not exceed {high}", where))

    return rule


OFFERED: dict[str, Check] = {
    "options": listing(PLAIN_OPTION, most=100),
    "option_groups": listing(OPTION_GROUP, most=100),
}
ONE_SOURCE = exactly_one("options", "option_groups")
SEVERAL: dict[str, Check] = {"max_selected_items": whole(1, MANY)}
QUERY: dict[str, Check] = {"min_query_length": whole(0, MANY)}
PLAIN_OPTIONS = listing(PLAIN_OPTION, most=100)
CONVERSATIONS: dict[str, Check] = {
    "default_to_current_conversation": boolean,
    "filter": CONVERSATION_FILTER,
}

BUTTON = element(
    "button",
    ("text",),
    text=plain(75),
    url=address(),
    value=text(2000),
    style=one_of("primary", "danger"),
    confirm=CONFIRM,
    accessibility_label=text(75),
)

CHOICES: dict[str, Check] = {
    "checkboxes": element(
        "checkboxes",
        ("options",),
        (initial_among("initial_options"),),
        options=listing(BOX_OPTION, most=10),
        initial_options=listing(BOX_OPTION, most=10),
        **ASK,
    ),
    "radio_buttons": element(
        "radio_buttons",
        ("options",),
        (initial_among("initial_option"),),
        options=listing(BOX_OPTION, most=10),
        initial_option=BOX_OPTION,
        **ASK,
    ),
    "datepicker": menu("datepicker", initial_date=DAY),
    "timepicker": menu("timepicker", initial_time=TIME, timezone=text(MANY)),
    "static_select": menu(
        "static_select",
        (ONE_SOURCE, initial_among("initial_option")),
        initial_option=PLAIN_OPTION,
        **OFFERED,
    ),
    "external_select": menu("external_select", initial_option=PLAIN_OPTION, **QUERY),
    "users_select": menu("users_select", initial_user=USER_ID),
    "conversations_select": menu(
        "conversations_select",
        initial_conversation=text(MANY),
        response_url_enabled=boolean,
        **CONVERSATIONS,
    ),
    "channels_select": menu(
        "channels_select", initial_channel=CHANNEL_ID, response_url_enabled=boolean
    ),
    "multi_static_select": menu(
        "multi_static_select",
        (ONE_SOURCE, initial_among("initial_options")),
        initial_options=PLAIN_OPTIONS,
        **OFFERED,
        **SEVERAL,
    ),
    "multi_external_select": menu(
        "multi_external_select", initial_options=PLAIN_OPTIONS, **QUERY, **SEVERAL
    ),
    "multi_users_select": menu(
        "multi_users_select", initial_users=listing(USER_ID, most=MANY), **SEVERAL
    ),
    "multi_conversations_select": menu(
        "multi_conversations_select",
        initial_conversations=listing(text(MANY), most=MANY),
        **CONVERSATIONS,
        **SEVERAL,
    ),
    "multi_channels_select": menu(
        "multi_channels_select", initial_channels=listing(CHANNEL_ID, most=MANY), **SEVERAL
    ),
}
MOMENT: dict[str, Check] = {
    "datetimepicker": element(
        "datetimepicker", (), (), initial_date_time=whole(0, 9_999_999_999), **ASK
    )
}
PRESSED: dict[str, Check] = {
    "button": BUTTON,
    "overflow": element(
        "overflow", ("options",), options=listing(MENU_OPTION, most=5), confirm=CONFIRM
    ),
    "workflow_button": element(
        "workflow_button",
        ("text", "workflow"),
        text=plain(75),
        workflow=WORKFLOW,
        style=one_of("primary", "danger"),
        accessibility_label=text(75),
    ),
}
TYPED: dict[str, Check] = {
    "plain_text_input": typed(
        "plain_text_input",
        (),
        (_ordered("min_length", "max_length"),),
        initial_value=text(MANY, least=0),
        multiline=boolean,
        min_length=whole(0, 3000),
        max_length=whole(1, 3000),
    ),
    "email_text_input": typed("email_text_input", initial_value=text(MANY, least=0)),
    "url_text_input": typed("url_text_input", initial_value=text(MANY, least=0)),
    "number_input": typed(
        "number_input",
        ("is_decimal_allowed",),
        (_ordered("min_value", "max_value"),),
        is_decimal_allowed=boolean,
        initial_value=DECIMAL,
        min_value=DECIMAL,
        max_value=DECIMAL,
    ),
    "rich_text_input": typed("rich_text_input", ("action_id",), initial_value=RICH_TEXT),
    "file_input": element(
        "file_input",
        filetypes=listing(text(MANY), most=MANY),
        max_files=whole(1, 10),
    ),
}

PICTURE = image(MANY)
IN_ACTIONS = kinds({**CHOICES, **MOMENT, **PRESSED})
IN_SECTION = kinds({**CHOICES, **PRESSED, "image": PICTURE})
IN_INPUT = kinds({**CHOICES, **MOMENT, **TYPED})
IN_CONTEXT = kinds({"image": PICTURE, "plain_text": plain(), "mrkdwn": mrkdwn()})
