"""What the server answers over HTTP: the Web API, files, response URLs and the clock."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from bot.rehearsal import methods
from bot.rehearsal.arguments import Args
from bot.rehearsal.connections import Connections, NoAnswer
from bot.rehearsal.faults import Call, Fault, Faults
from bot.rehearsal.model import Json, RateLimitedError, RefusedError
from bot.rehearsal.respond import respond
from bot.rehearsal.sockets import Sockets
from bot.rehearsal.workspace import Workspace

SIGN_IN = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in</body></html>"


class Web:
    """The endpoints; each runs on the server's loop and takes the workspace's lock briefly."""

    def __init__(
        self, workspace: Workspace, faults: Faults, connections: Connections, sockets: Sockets
    ) -> None:
        self._workspace = workspace
        self._faults = faults
        self._connections = connections
        self.calls: list[Call] = []
        self.app = Starlette(
            routes=[
                Route("/api/{method}", self._api, methods=["GET", "POST"]),
                Route("/clock", self._clock, methods=["GET", "POST"]),
                Route("/upload/v1/{file}", self._upload, methods=["POST"]),
                Route("/files-pri/{key}/{name}", self._download),
                Route("/files-pri/{key}/download/{name}", self._download),
                Route("/response/{token}", self._respond, methods=["POST"]),
                WebSocketRoute("/link/", sockets.serve),
            ]
        )

    async def _api(self, request: Request) -> Response:
        name = request.path_params["method"]
        try:
            values, token = await _read(request)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_json"})
        fault = self._faults.take(name, values)
        if fault is not None:
            early = await self._before(fault, name, values)
            if early is not None:
                return early
        response, answer = self._call(name, values, token)
        if fault is not None and fault.kind in ("drop_after_acceptance", "500_after_acceptance"):
            fault.reached.set()
            status = 0 if fault.kind.startswith("drop") else 500
            self._note(name, values, status, None)
            return NoAnswer(self._connections) if status == 0 else PlainTextResponse("", 500)
        if fault is not None and fault.kind == "hold_after":
            await _held(fault)
        self._note(name, values, response.status_code, answer)
        return response

    async def _before(self, fault: Fault, name: str, values: Json) -> Response | None:
        """What the fault does before the call; a response where it goes no further."""
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return None
        if fault.kind == "hold_before":
            await _held(fault)
            return None
        response: Response
        answer: Json | None = {"ok": False, "error": fault.error}
        if fault.kind in ("500", "503"):
            response, answer = PlainTextResponse("", int(fault.kind)), None
        elif fault.kind == "429":
            response, answer = _rate_limited(fault.retry_after)
        elif fault.kind == "error":
            response = JSONResponse(answer)
        elif fault.kind == "drop_before":
            fault.reached.set()
            self._note(name, values, 0, None)
            return NoAnswer(self._connections)
        else:
            return None
        fault.reached.set()
        self._note(name, values, response.status_code, answer)
        return response

    def _call(self, name: str, values: Json, token: str | None) -> tuple[Response, Json]:
        answer: Json
        try:
            answer = {"ok": True} | methods.call(self._workspace, name, Args(values), token)
        except RefusedError as refused:
            answer = {"ok": False, "error": refused.error} | refused.more
        except RateLimitedError as limited:
            return _rate_limited(limited.retry_after)
        scopes = ",".join(sorted(self._workspace.app.scopes))
        date = format_datetime(self._workspace.clock.now().astimezone(UTC), usegmt=True)
        headers = {"x-oauth-scopes": scopes, "date": date}
        return JSONResponse(answer, headers=headers), answer

    def _note(self, name: str, values: Json, status: int, answer: Json | None) -> None:
        now = self._workspace.clock.now()
        self.calls.append(Call(method=name, args=values, at=now, status=status, answer=answer))

    async def _clock(self, request: Request) -> Response:
        clock = self._workspace.clock
        if request.method == "POST":
            try:
                clock.set(datetime.fromisoformat((await request.json())["now"]))
            except (KeyError, TypeError, ValueError):
                return JSONResponse({"error": 'Send {"now": ISO 8601 with its zone}.'}, 400)
        return JSONResponse({"now": clock.now().isoformat()})

    async def _upload(self, request: Request) -> Response:
        body = await request.body()
        with self._workspace.lock:
            file = self._workspace.files.get(request.path_params["file"])
            if file is None or file.complete:
                return PlainTextResponse("no such upload", 404)
            if len(body) != file.size:
                return PlainTextResponse(f"expected {file.size} bytes", 400)
            file.content = body
        return PlainTextResponse(f"OK - {len(body)}")

    async def _download(self, request: Request) -> Response:
        if _bearer(request) != self._workspace.app.bot_token:
            return HTMLResponse(SIGN_IN)
        if "files:read" not in self._workspace.app.scopes:
            return HTMLResponse(SIGN_IN)
        with self._workspace.lock:
            file_id = request.path_params["key"].rpartition("-")[2]
            file = self._workspace.files.get(file_id)
            if file is None or file.content is None:
                return PlainTextResponse("file_not_found", 404)
            return Response(file.content, media_type=file.mimetype)

    async def _respond(self, request: Request) -> Response:
        token = request.path_params["token"]
        try:
            body = json.loads(await request.body())
        except ValueError:
            return PlainTextResponse("invalid_payload", 400)
        try:
            respond(self._workspace, token, body)
        except RefusedError as refused:
            self._note("response_url", body, 404, {"ok": False, "error": refused.error})
            return JSONResponse({"ok": False, "error": refused.error}, 404)
        self._note("response_url", body, 200, {"ok": True})
        return PlainTextResponse("ok")


async def _held(fault: Fault) -> None:
    loop = asyncio.get_running_loop()
    released = asyncio.Event()

    def wake() -> None:
        loop.call_soon_threadsafe(released.set)

    fault.hold(wake)
    fault.reached.set()
    await released.wait()


def _rate_limited(retry_after: int) -> tuple[Response, Json]:
    answer: Json = {"ok": False, "error": "ratelimited"}
    return JSONResponse(answer, 429, headers={"Retry-After": str(retry_after)}), answer


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def _read(request: Request) -> tuple[Json, str | None]:
    """The arguments, from query, form or JSON, and the token apart from them."""
    values: Json = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        values |= json.loads(body or b"{}")
    else:
        values |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    token = values.pop("token", None)
    return values, _bearer(request) or token
