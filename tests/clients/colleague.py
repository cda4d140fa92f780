"""A colleague on Python's websockets library, which knows nothing of this project but its contract.

    colleague.py ORIGIN COOKIE STATUS [plain] [CA_FILE]

Arrives, follows everyone, asks for counts, sets STATUS with a note of many scripts, in a message of
several frames, and waits until it comes back as everyone sees it. Prints one line of JSON.
"""
import asyncio
import json
import ssl
import sys

import websockets

NOTE = "à table · 食事中 · 🍽️"


async def main(origin, cookie, status, compression, trusted):
    context = ssl.create_default_context(cafile=trusted) if trusted else None
    url = origin.replace("http", "ws", 1) + "/api/v1/live"
    async with websockets.connect(url, subprotocols=["pastille.v1"], extra_headers={"Cookie": cookie},
                                  compression=compression, ssl=context, close_timeout=5) as socket:
        changed = []

        def mine(user):
            return (user, NOTE) in changed

        async def until(kind, fits=lambda frame: True):
            while True:
                frame = json.loads(await asyncio.wait_for(socket.recv(), 20))
                if frame["is"] == "changes":
                    changed.extend((one["user"], one["note"]) for one in frame["users"])
                if frame["is"] == kind and fits(frame):
                    return frame

        await socket.send(json.dumps({"do": "open", "present": True}))
        ready = await until("ready")
        await socket.send(json.dumps({"do": "follow", "all": True}))
        people = 0
        more = True
        while more:
            board = await until("board")
            people += len(board["users"])
            more = board["more"]
        await socket.send(json.dumps({"do": "follow", "counts": True}))
        await until("counts")
        text = json.dumps({"do": "set", "ref": "mine", "status_id": status, "note": NOTE}, ensure_ascii=False)
        await socket.send([text[at:at + 7] for at in range(0, len(text), 7)])
        done = await until("done", lambda frame: frame["ref"] == "mine")
        if not mine(ready["me"]["user"]):
            await until("changes", lambda _: mine(ready["me"]["user"]))
        pong = await socket.ping()
        await asyncio.wait_for(pong, 20)
        extensions = [type(each).__name__ for each in socket.extensions]
    print(json.dumps({"people": people, "note": done["entry"]["note"], "rev": done["entry"]["rev"],
                      "extensions": extensions, "code": socket.close_code}))


arguments = sys.argv[1:]
plain = "plain" in arguments
rest = [each for each in arguments if each != "plain"]
asyncio.run(main(rest[0], rest[1], rest[2], None if plain else "deflate", rest[3] if len(rest) > 3 else None))
