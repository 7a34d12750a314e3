"""A network between two programs that fails where a test says."""
import socket
import threading


class Network:
    """Carries TCP to `port` of this machine. Each connection meets the next cut of the list, and later ones none.

    A cut is `(direction, bytes)`: after so many bytes of the `request` or the `answer` both ends are reset.
    After `most` bytes of all requests together nothing is carried any more, and `is_full` is set.
    """

    def __init__(self, port, most=None):
        self.target = port
        self.cuts = []
        self.left = most
        self.is_full = threading.Event()
        self._over = threading.Event()
        self._open = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._over.set()
        self._listener.close()

    def fail(self, cuts):
        """The next connections meet these cuts, and those that stand end."""
        with self._lock:
            self.cuts = list(cuts)
            standing, self._open = self._open, []
        for ends in standing:
            reset(ends)

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                cut = self.cuts.pop(0) if self.cuts else (None, 0)
            threading.Thread(target=self._carry, args=(near, cut), daemon=True).start()

    def _carry(self, near, cut):
        try:
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            near.close()
            return
        ends = (near, far)
        with self._lock:
            self._open.append(ends)
        other = threading.Thread(target=self._pump, args=(far, near, "answer", cut, ends), daemon=True)
        other.start()
        self._pump(near, far, "request", cut, ends)
        other.join()
        for end in ends:
            end.close()

    def _pump(self, source, sink, direction, cut, ends):
        left = cut[1] if cut[0] == direction else None
        try:
            while True:
                if left == 0:
                    return reset(ends)
                data = source.recv(65536 if left is None else left)
                if not data:
                    sink.shutdown(socket.SHUT_WR)
                    return
                if direction == "request" and not self._has_room(len(data)):
                    self._over.wait()
                    return reset(ends)
                sink.sendall(data)
                left = None if left is None else left - len(data)
        except OSError:
            reset(ends)


    def _has_room(self, count):
        with self._lock:
            if self.left is None:
                return True
            self.left -= count
            if self.left < 0:
                self.is_full.set()
            return self.left >= 0


def reset(ends):
    """Ends connections as a broken network does: without a goodbye."""
    for end in ends:
        try:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
