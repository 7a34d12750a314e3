"""A member of staff who can sign in."""
import threading
import time


class Account:
    # Seconds of life a token must have left to be used again.
    MARGIN = 60

    def __init__(self, hub, email, password, role, name):
        self.hub = hub
        self.email = email
        self.password = password
        self.role = role
        self.name = name
        self._session = None
        self._expires = 0.0
        self._lock = threading.Lock()

    def session(self):
        """What the last sign-in answered; signs in when there was none or it grows old."""
        with self._lock:
            if time.monotonic() > self._expires - self.MARGIN:
                answer = self.hub.rest().login(self.email, self.password)
                assert answer.status_code == 200, f"{self.email} cannot sign in: {answer.status_code} {answer.text}"
                self._session = answer.json()
                self._expires = time.monotonic() + self._session["expires_in"]
            return self._session

    def token(self):
        return self.session()["access_token"]

    @property
    def id(self):
        return self.session()["user"]["id"]

    def rest(self):
        return self.hub.rest(self.token())
