"""Gives every session the same profile picture. One that cannot take it stops no other; the end tells of each.

python3 examples/python/set_pictures.py logo.png
"""

import base64
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from client import ApiError, args, call

# So many sessions are worked on at a time.
AT_ONCE = 4


def set_picture(session_id, picture):
    """Returns a line of the report, whatever happens: whether it was done, and words."""
    try:
        upload = call("POST", f"/sessions/{session_id}/uploads", picture)["upload"]
        call("POST", f"/sessions/{session_id}/profile/picture", {"mediaId": upload["mediaId"]})
        return True, "done"
    except ApiError as error:
        words = f"not certain, look at its profile: {error}" if error.effect_unknown else str(error)
        return False, f"{error.code}: {words}"


def main():
    file = args(1, "set_pictures.py logo.png")[0]
    with open(file, "rb") as opened:
        picture = {
            "filename": os.path.basename(file),
            "mimetype": "image/png" if file.lower().endswith(".png") else "image/jpeg",
            "data": base64.b64encode(opened.read()).decode(),
        }
    ids = sorted(session["sessionId"] for session in call("GET", "/sessions"))
    with ThreadPoolExecutor(AT_ONCE) as workers:
        report = list(workers.map(lambda id: set_picture(id, picture), ids))
    for id, (_, words) in zip(ids, report):
        print(f"{id}: {words}")
    failed = sum(not ok for ok, _ in report)
    print(f"{len(report) - failed} done, {failed} failed.")
    sys.exit(0 if failed == 0 else 1)


main()
