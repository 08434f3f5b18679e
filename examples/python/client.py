"""What all examples share: calls, errors, patience, the event stream. Nothing but Python's standard library (3.9+)."""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request

ADDRESS = os.environ.get("SWITCHBOARD_URL", "http://127.0.0.1:8080").rstrip("/") + "/api/v1"
KEY = os.environ.get("SWITCHBOARD_KEY", "")

# So often a call is tried, and so long it waits at most before the next try, in seconds.
TRIES = 5
LONGEST_PAUSE = 60
# A call answers within a minute or so; a living stream says something every 20 seconds.
SILENCE = 100

# Without the proxies of the environment: the API is on this computer, or close by.
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def args(least, example=""):
    """The arguments of the command line, or how it should have been."""
    given = sys.argv[1:]
    if len(given) < least:
        sys.exit(f"As in: python3 {example}")
    return given


class ApiError(Exception):
    """
    What the API answered instead of a success; programs decide by `code`, people read the message. Calls raise nothing
    else.
    """

    def __init__(self, status, code, message, details=None, retry_after=None):
        super().__init__(message)
        self.status = status
        self.code = code
        self.details = details or {}
        self.retry_after = retry_after

    @property
    def effect_unknown(self):
        """It may have happened all the same: look before you try again."""
        return self.details.get("effect") == "unknown"


def _api_error(answer):
    try:
        error = json.load(answer)["error"]
    except (ValueError, KeyError, TypeError, OSError, http.client.HTTPException):
        error = {"code": "UNEXPECTED_ANSWER", "message": f"{answer.url} answered {answer.code}."}
    seconds = answer.headers.get("Retry-After", "")
    retry_after = int(seconds) if seconds.isdigit() else None
    return ApiError(answer.code, error["code"], error["message"], error.get("details"), retry_after)


def _connection_error(error, repeatable):
    """The connection broke or was never made; in the first case nobody knows how far the call came."""
    never_asked = isinstance(getattr(error, "reason", error), ConnectionRefusedError)
    details = {} if never_asked or repeatable else {"effect": "unknown"}
    return ApiError(503, "NO_ANSWER", f"Switchboard does not answer: {error}.", details)


def _request(method, path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ADDRESS + path, data, headers or {}, method=method)
    if KEY:
        request.add_header("X-API-Key", KEY)
    if data is not None:
        request.add_header("Content-Type", "application/json")
    return _open(request, timeout=SILENCE)


def call(method, path, body=None, idempotency_key=None):
    """
    One call; returns the answer's `data`. 429 and 503 mean that nothing was done: they are waited out, as long as
    Retry-After says. Everything else is raised, and so is what may have had its effect. With an idempotency key a call
    that got no answer is repeated even then: the second one gets the answer of the first.
    """
    repeatable = method == "GET" or idempotency_key is not None
    headers = {} if idempotency_key is None else {"Idempotency-Key": idempotency_key}
    for attempt in range(1, TRIES + 1):
        try:
            with _request(method, path, body, headers) as answer:
                return json.load(answer).get("data")
        except urllib.error.HTTPError as answer:
            error = _api_error(answer)
        except (OSError, ValueError, http.client.HTTPException) as broken:
            error = _connection_error(broken, repeatable)
        pause = error.retry_after if error.retry_after is not None else 0.5 * 2**attempt
        passes = error.status in (429, 503) and not error.effect_unknown
        if not passes or attempt == TRIES or pause > LONGEST_PAUSE:
            raise error
        time.sleep(pause)


def _frames(answer):
    """Each event of the stream's text as { id, event, data }; lines that begin with a colon keep the connection alive."""
    frame = {}
    for line in answer:
        name, _, value = line.decode().rstrip("\r\n").partition(":")
        if name:
            frame[name] = value[1:] if value.startswith(" ") else value
        elif not value:
            yield frame
            frame = {}


def events(topics, last_event_id=None):
    """
    The events of these topics without end, as (type, id, data). After a break it goes on where it was. Three are not
    news of their own: `open`, at the start and after each break, and `gap`, when too much was missed to be told: read
    the state then. `position` says only that everything up to this id has been told.
    """
    id = last_event_id
    failures = 0
    while True:
        try:
            headers = {} if id is None else {"Last-Event-ID": id}
            with _request("GET", f"/events?topics={topics}", headers=headers) as answer:
                failures = 0
                yield "open", id, {}
                for frame in _frames(answer):
                    id = frame.get("id", id)
                    if "event" in frame:
                        yield frame["event"], id, json.loads(frame["data"])
                    elif "id" in frame:
                        yield "position", id, {}
        except urllib.error.HTTPError as answer:
            if answer.code < 500 and answer.code != 429:
                raise _api_error(answer) from None
        except (OSError, http.client.HTTPException):
            pass  # Cut or silent; it goes on where it was.
        time.sleep(min(2**failures, 30))
        failures += 1


def statuses_of(session_id):
    """The session as GET …/status tells it, now and after every change."""
    for type, _, data in events("session"):
        is_ours = type == "session.changed" and data["session"]["accountId"] == session_id.lower()
        if is_ours or type in ("open", "gap"):
            yield call("GET", f"/sessions/{session_id}/status")


def until_ready(session_id, limit=120):
    """Returns when the session is ready; ends the program when it cannot become so by itself, or not in this time."""
    deadline = time.monotonic() + limit
    while True:
        status = call("GET", f"/sessions/{session_id}/status")["status"]
        if status == "ready":
            return
        if status == "qr_ready":
            sys.exit(f"Session {session_id} has no phone yet: deliver its code first.")
        if status == "failed" or time.monotonic() > deadline:
            sys.exit(f"Session {session_id} is {status}, not ready.")
        time.sleep(2)
