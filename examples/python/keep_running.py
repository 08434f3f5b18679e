"""Watches every session, says why one fails, and starts it again where that can help.

python3 examples/python/keep_running.py [number that each session tells that it is back]
"""

import threading
import time
from datetime import datetime, timezone
from urllib.parse import quote

from client import ApiError, args, call, events

TELL = [*args(0), None][0]
# Pauses before a restart: 2 s, 4 s, 8 s … 5 min. Switchboard has tried for a while before it calls a session failed.
FIRST_PAUSE = 2
LONGEST_PAUSE = 5 * 60
# A session that was ready for so many seconds has recovered: its earlier failures no longer count.
STABLE = 2 * 60
# Starting again does not help these, it makes some of them worse.
NEEDS_PERSON = {
    "SESSION_BANNED",
    "SESSION_TERMS_BLOCKED",
    "SESSION_LOGGED_OUT",
    "SESSION_LINK_EXPIRED",
    "NUMBER_ALREADY_LINKED",
    "BROWSER_NOT_FOUND",
    "CHROMIUM_FLAG_REFUSED",
}


def say(session, words):
    print(f"{datetime.now(timezone.utc).isoformat(timespec='milliseconds')} {session}: {words}", flush=True)


class Watched:
    """One session: what it is, failures in a row, since when it is ready, and the restart that is planned."""

    def __init__(self, session):
        self.session = session
        self.now = None
        self.failures = 0
        self.ready_at = None
        self.was_down = False
        self.timer = None

    def look(self, status):
        now = (status["state"], status["sinceMs"])
        # Known already, as after a break of the stream.
        if self.now == now:
            return
        self.now = now
        self.forget()
        if status["state"] == "ready":
            say(self.session, "ready")
            self.ready_at = time.monotonic()
            if self.was_down and TELL:
                threading.Thread(target=self.tell_person, args=[status["sinceMs"]], daemon=True).start()
            self.was_down = False
        elif status["state"] == "backoff":
            say(self.session, f"{status['error']['code']}: {status['error']['message']}")
        elif status["state"] == "failed":
            self.was_down = True
            say(self.session, f"failed with {status['error']['code']}: {status['error']['message']}")
            if status["error"]["code"] in NEEDS_PERSON:
                say(self.session, "waits for a person")
            else:
                self.plan_restart()

    def forget(self):
        if self.timer is not None:
            self.timer.cancel()

    def plan_restart(self):
        if self.ready_at is not None and time.monotonic() - self.ready_at > STABLE:
            self.failures = 0
        self.failures += 1
        self.ready_at = None
        pause = min(FIRST_PAUSE * 2 ** (self.failures - 1), LONGEST_PAUSE)
        say(self.session, f"starts again in {pause} s")
        self.forget()
        self.timer = threading.Timer(pause, self.restart)
        self.timer.daemon = True
        self.timer.start()

    def restart(self):
        try:
            # The client has waited out 429 and 503 as long as they asked for.
            call("POST", f"/sessions/{self.session}/restart")
        except ApiError as error:
            say(self.session, f"{error.code}: {error}")
            if error.status == 404:
                return  # It was deleted.
            # 409: something else is being done with it. Unknown: it may be starting. Look before trying again.
            if (error.status == 409 or error.effect_unknown) and self.is_at_it():
                return
            self.plan_restart()

    def is_at_it(self):
        try:
            return call("GET", f"/sessions/{self.session}/status")["status"] != "failed"
        except ApiError:
            return False

    def tell_person(self, since_ms):
        """From the session itself: the proof that it sends. Never twice, also when it is not certain that it left."""
        body = {"chatId": TELL, "content": f"{self.session} is back."}
        try:
            call("POST", f"/sessions/{self.session}/send-text", body, f"back-{self.session}-{since_ms}")
            say(self.session, f"told {TELL}")
        except ApiError as error:
            say(self.session, f"{error.code}: {error}")
            if not error.effect_unknown or "messageId" not in error.details:
                return
            try:
                chat, message = quote(error.details["chatId"]), error.details["messageId"]
                state = call("GET", f"/sessions/{self.session}/chats/{chat}/sends/{message}")["send"]["state"]
            except ApiError:
                state = "not to be found out"
            say(self.session, f"its message is {state}; it is not sent again")


def main():
    watched = {}
    for type, _, data in events("session,account.removed"):
        sessions = [data["session"]] if type == "session.changed" else []
        if type in ("open", "gap"):
            sessions = call("GET", "/snapshot")["sessions"]
        for session in sessions:
            id = session["accountId"]
            watched.setdefault(id, Watched(id)).look(session["status"])
        if type == "account.removed" and data["accountId"] in watched:
            watched.pop(data["accountId"]).forget()


main()
