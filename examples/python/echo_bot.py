"""Answers every text with the same text, each session from its own number, each message once.

python3 examples/python/echo_bot.py position.json [session …]        without sessions: all that the key may use
"""

import json
import os
import re
import sys
import time
from urllib.parse import quote

from client import ApiError, args, call, events

POSITION_FILE, *SESSIONS = args(1, "echo_bot.py position.json")


def read_position():
    """Where the bot is in the stream. Kept in a file, so that a bot that was away answers what it has missed."""
    try:
        with open(POSITION_FILE) as file:
            return json.load(file)
    except FileNotFoundError:
        return {"id": None, "atMs": int(time.time() * 1000)}


def remember(position):
    with open(POSITION_FILE + ".new", "w") as file:
        json.dump(position, file)
    os.replace(POSITION_FILE + ".new", POSITION_FILE)


def is_for_us(message):
    return (
        not message["fromMe"]
        and message["type"] == "text"
        # People only: groups are @g.us, statuses status@broadcast.
        and re.search(r"@(c\.us|lid)$", message["chatId"]) is not None
        and (not SESSIONS or message["accountId"] in [session.lower() for session in SESSIONS])
    )


def answer(message):
    """
    Answers when the answer is on disk; the session sends it as soon as it can, so one that is down holds up nobody else.
    The key makes a repeated answer the same answer, also after a crash of this bot or of Switchboard.
    """
    account, id = message["accountId"], message["id"]
    try:
        path = f"/sessions/{account}/chats/{quote(message['chatId'])}/messages"
        call("POST", path, {"body": f"Echo: {message['body']}"}, idempotency_key=f"echo-{account}-{id}")
        print(f"{account}: answered {id}", flush=True)
    except ApiError as error:
        # One message that cannot be answered (somebody on the do-not-contact list, say) stops no other.
        if error.status in (401, 503):
            raise
        print(f"{account}: {id} stays without an answer: {error}", file=sys.stderr, flush=True)


def catch_up(since_ms):
    """Too much was missed to be told event by event: what people have written since is in their chats."""
    for session in SESSIONS or [session["sessionId"] for session in call("GET", "/sessions")]:
        cursor = ""
        while True:
            page = call("GET", f"/sessions/{session}/chats?limit=50&cursor={quote(cursor)}")
            recent = [chat for chat in page["chats"] if chat["lastActivityMs"] >= since_ms - 1000]
            for chat in recent:
                messages = call("GET", f"/sessions/{session}/chats/{quote(chat['id'])}/messages?limit=50")["messages"]
                for message in messages:
                    if message["timestampMs"] >= since_ms - 1000 and is_for_us(message):
                        answer(message)
            # Chats come by their last message: after one that is older there are only older ones.
            cursor = page.get("nextCursor", "") if len(recent) == len(page["chats"]) else ""
            if not cursor:
                break


def main():
    position = read_position()
    for type, id, data in events("message.added", position["id"]):
        if type == "open":
            print("The bot listens.", flush=True)
        if type == "gap":
            catch_up(position["atMs"])
        if type == "message.added" and is_for_us(data["message"]):
            answer(data["message"])
        # Only now: what was not answered when the bot ended comes again.
        if id is not None and id != position["id"]:
            position = {"id": id, "atMs": data.get("atMs", position["atMs"])}
            remember(position)


main()
