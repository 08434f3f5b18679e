"""Starts a session, sends one message, and stops the session again: for a computer that sends now and then.

python3 examples/python/start_send_stop.py shop "+55 11 97777-0001" "Your order is ready" order-4711
"""

import time
from urllib.parse import quote

from client import args, call, until_ready

IN_THE_END = {"sent", "delivered", "read", "failed", "unknown", "stuck", "cancelled", "dismissed"}


def until_settled(session_id, sent, limit=10 * 60):
    """Pace and quiet hours may hold a message for longer than a call waits."""
    deadline = time.monotonic() + limit
    state = sent["status"]
    while state not in IN_THE_END and time.monotonic() < deadline:
        time.sleep(2)
        path = f"/sessions/{session_id}/chats/{quote(sent['chatId'])}/sends/{sent['messageId']}"
        state = call("GET", path)["send"]["state"]
    return state


def main():
    example = 'start_send_stop.py shop 5511977770001 "Your order is ready" order-4711'
    session_id, to, content, key = args(4, example)[:4]
    call("POST", f"/sessions/{session_id}/start")
    try:
        until_ready(session_id)
        # The key is the order's: run this again after a crash, and the order is told once.
        sent = call("POST", f"/sessions/{session_id}/send-text", {"chatId": to, "content": content}, key)
        print(f"Message {sent['messageId']} is {until_settled(session_id, sent)}.")
    finally:
        call("POST", f"/sessions/{session_id}/stop")
        print(f"Session {session_id} is stopped.")


main()
