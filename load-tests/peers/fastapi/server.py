"""Sends every text to all members of the room that the path names."""

from collections import defaultdict

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
rooms: dict[str, set[WebSocket]] = defaultdict(set)


@app.websocket("/{name}")
async def member(socket: WebSocket, name: str) -> None:
    await socket.accept()
    room = rooms[name]
    room.add(socket)
    try:
        while True:
            text = await socket.receive_text()
            for other in list(room):
                await other.send_text(text)
    except WebSocketDisconnect:
        pass
    finally:
        room.discard(socket)
