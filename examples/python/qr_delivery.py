"""Adds a session and delivers its QR codes, each as it comes, until a phone has scanned one.

python3 examples/python/qr_delivery.py shop [folder for code.png]
"""

import base64
import os
import sys

from client import ApiError, args, call, statuses_of


def create(session_id):
    """A session that is there already is started instead."""
    try:
        call("POST", "/sessions", {"sessionId": session_id, "waitForQR": False})
    except ApiError as error:
        if error.code != "SESSION_ALREADY_EXISTS":
            raise
        call("POST", f"/sessions/{session_id}/start")


def deliver(session_id, file, delivered):
    """Replaces the picture in one step, so that nobody ever sees half of a code. Returns the code that is there now."""
    try:
        code = call("GET", f"/sessions/{session_id}/qr")
    except ApiError as error:
        # The code went while we asked for it; what comes next is told.
        if error.code == "QR_NOT_AVAILABLE":
            return delivered
        raise
    if code["qrCode"] != delivered:
        with open(os.open(file + ".new", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as new:
            new.write(base64.b64decode(code["qrCode"].split(",")[1]))
        os.replace(file + ".new", file)
        print(f"A new code is in {file}; it works until {code['expiresAt']}.", flush=True)
    return code["qrCode"]


def main():
    session_id, folder = [*args(1, "qr_delivery.py shop"), "."][:2]
    file = os.path.join(folder, "code.png")
    delivered = None
    create(session_id)
    for session in statuses_of(session_id):
        if session["status"] == "ready":
            break
        if session["status"] == "failed":
            sys.exit(f"Nobody scanned a code in time. Run this again for session {session_id}.")
        if session["hasQRCode"]:
            delivered = deliver(session_id, file, delivered)
    # Whoever has a code can link a phone, so none is left behind.
    if os.path.exists(file):
        os.remove(file)
    print(f"Session {session_id} is ready.")


main()
