"""Sends each message from the account that is in charge of its recipient.

python3 examples/python/router.py routes.json messages.json job-name

routes.json    { "numbers": { "brazil": "5511900000001", … },
                 "routes": [{ "prefix": "55", "sessions": ["brazil", …] }, …] }
messages.json  [{ "to": "+55 11 97777-0001", "text": "Bom dia" }, …]
"""

import hashlib
import json
import re
import sys

from client import ApiError, args, call


def digits(number):
    return re.sub(r"\D", "", number)


def sessions_for(routes, to):
    """The longest prefix decides; its sessions in the order in which they stand in for one another."""
    matching = [route for route in routes if to.startswith(route["prefix"])]
    return max(matching, key=lambda route: len(route["prefix"]))["sessions"] if matching else []


def objection_to(session, numbers):
    """Why a session may not be used now, or None. A session is an id: which number it has can change under us."""
    if session not in numbers:
        return "has no number in the routes"
    status = call("GET", f"/sessions/{session}/status")["status"]
    if status != "ready":
        return f"is {status}"
    number = digits(call("GET", f"/sessions/{session}/me").get("me", {}).get("phone", ""))
    return None if number == digits(numbers[session]) else f"has the number {number}, not {numbers[session]}"


def route(message, rules, job):
    """Whether it was sent, and words. Goes on to the next session only while it is certain that nothing has left."""
    number, text, numbers = digits(message["to"]), message["text"], rules["numbers"]
    # The same job again sends nothing twice from one number.
    key = f"{job}-{number}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    reasons = []
    for session in sessions_for(rules["routes"], number):
        try:
            objection = objection_to(session, numbers)
            if objection is not None:
                reasons.append(f"{session} {objection}")
                continue
            sent = call("POST", f"/sessions/{session}/send-text", {"chatId": number, "content": text}, key)
            return True, f"{session} ({numbers[session]}): {sent['status']}"
        except ApiError as error:
            # It may be on its way already: another session would make it two.
            if error.effect_unknown:
                return False, f"{session}: not certain, look there: {error}"
            reasons.append(f"{session}: {error}")
    return False, f"not sent: {'; '.join(reasons) or 'no route for this number'}"


def main():
    rules_file, messages_file, job = args(3, "router.py routes.json messages.json november-news")[:3]
    with open(rules_file) as file:
        rules = json.load(file)
    with open(messages_file) as file:
        messages = json.load(file)
    all_sent = True
    for message in messages:
        ok, words = route(message, rules, job)
        all_sent = all_sent and ok
        print(f"{message['to']} <- {words}", flush=True)
    sys.exit(0 if all_sent else 1)


main()
