"""Files: uploaded as slack_sdk does it, shared, read back with the token, taken away."""

from __future__ import annotations

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.rehearsal import RehearsalServer


def test_an_uploaded_file_is_in_the_conversation_and_can_be_read(
    slack: RehearsalServer, client: WebClient
) -> None:
    dana = slack.as_user("UDANA")
    done = client.files_upload_v2(
        channel=dana.dm,
        content=b"Dear Chair",
        filename="letter.odt",
        title="Letter of 1 June",
        initial_comment="For clearance",
    )

    (message,) = dana.inbox()
    assert (message.text, message.files) == ("For clearance", [done["file"]["id"]])
    record = client.files_info(file=done["file"]["id"])["file"]
    assert (record["title"], record["ims"]) == ("Letter of 1 June", [dana.dm])
    token = {"Authorization": f"Bearer {client.token}"}
    assert httpx.get(record["url_private"], headers=token, trust_env=False).content == (
        b"Dear Chair"
    )


def test_without_the_token_a_file_is_a_sign_in_page(client: WebClient) -> None:
    file = client.files_upload_v2(content=b"secret", filename="a.txt")["file"]
    answer = httpx.get(file["url_private"], trust_env=False)

    assert answer.headers["content-type"].startswith("text/html")
    assert b"secret" not in answer.content


def test_a_file_that_somebody_shares_comes_with_its_message(
    slack: RehearsalServer, client: WebClient
) -> None:
    message = slack.as_user("UDANA").upload("CSHARED", "plan.pdf", b"%PDF", "the plan", wait=False)
    (found,) = client.conversations_history(channel="CSHARED")["messages"]

    assert (found["ts"], found["subtype"]) == (message.ts, "file_share")
    assert (found["files"][0]["name"], found["files"][0]["mimetype"]) == (
        "plan.pdf",
        "application/pdf",
    )


def test_a_file_from_outside_is_only_told_of_where_it_is_asked_for(
    slack: RehearsalServer, client: WebClient
) -> None:
    slack.as_user("UREX").upload("CSHARED", "plan.pdf", b"%PDF", wait=False)
    (message,) = client.conversations_history(channel="CSHARED")["messages"]
    (shown,) = message["files"]

    assert (shown["file_access"], shown.get("name")) == ("check_file_info", None)
    record = client.files_info(file=shown["id"])["file"]
    assert (record["name"], record["size"]) == ("plan.pdf", 4)


def test_a_file_that_was_taken_away_is_gone_from_its_message(
    slack: RehearsalServer, client: WebClient
) -> None:
    dana = slack.as_user("UDANA")
    message = dana.drop(("a.csv", b"x"), ("b.csv", b"y"), text="both", wait=False)
    dana.take_away(message)
    (kept,) = client.conversations_history(channel=dana.dm)["messages"]

    assert [file["mode"] for file in kept["files"]] == ["tombstone", "tombstone"]
    with pytest.raises(SlackApiError) as caught:
        client.files_info(file=kept["files"][0]["id"])
    assert caught.value.response["error"] == "file_deleted"


def test_files_are_listed_by_title_and_deleted(client: WebClient) -> None:
    ids = [
        client.files_upload_v2(
            channel="CHOME", content=b"x", filename=f"{n}.txt", title=f"File {n}"
        )["file"]["id"]
        for n in range(2)
    ]
    assert [f["title"] for f in client.files_list(channel="CHOME")["files"]] == [
        "File 1",
        "File 0",
    ]
    client.files_delete(file=ids[0])
    assert [f["id"] for f in client.files_list()["files"]] == [ids[1]]


def test_an_upload_whose_bytes_never_came_cannot_be_completed(client: WebClient) -> None:
    started = client.files_getUploadURLExternal(filename="a.txt", length=3)

    with pytest.raises(SlackApiError) as caught:
        client.files_completeUploadExternal(files=[{"id": started["file_id"]}])
    assert caught.value.response["error"] == "file_not_found"
