"""Sends every text to all members of the room that the path names: server.py PORT on|off

Members subscribe to a topic, and uWebSockets' own publish does the rest.
"""

import sys

from socketify import App, AppListenOptions, CompressOptions

port, deflate = int(sys.argv[1]), sys.argv[2] == "on"
app = App()


def upgrade(response, request, context):
    response.upgrade(
        request.get_header("sec-websocket-key"),
        request.get_header("sec-websocket-protocol"),
        request.get_header("sec-websocket-extensions"),
        context,
        request.get_url(),
    )


def opened(socket):
    socket.subscribe(socket.get_user_data())


def message(socket, text, opcode):
    app.publish(socket.get_user_data(), text, opcode, deflate)


app.ws(
    "/*",
    {
        "compression": CompressOptions.SHARED_COMPRESSOR if deflate else CompressOptions.DISABLED,
        "max_payload_length": 64 * 1024,
        # What waits for one member; more would be dropped, and then counted as lost.
        "max_backpressure": 1024 * 1024,
        "idle_timeout": 960,
        "upgrade": upgrade,
        "open": opened,
        "message": message,
    },
)
app.listen(AppListenOptions(port=port, host="127.0.0.1"), lambda config: None)
app.run()
