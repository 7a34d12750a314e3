"""One of the local other sides, `hub-fakes NAME`, as a process of its own."""
import subprocess

import requests

from .hub import ROOT, free_port
from .waiting import wait_for

BINARY = ROOT / ".build" / "debug" / "hub-fakes"


class Fake:
    def __init__(self, name, *arguments):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen([BINARY, name, "--port", str(self.port), *map(str, arguments)])
        wait_for(self.is_there, 20, f"the fake {name} answers")

    def is_there(self):
        try:
            return requests.get(self.url, timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            # An answer that stalls keeps it; nothing of it is kept.
            self.process.kill()
            self.process.wait(10)

    def read(self, path):
        return requests.get(f"{self.url}/fake/{path}", timeout=30).json()

    def control(self, path, body=None):
        answer = requests.post(f"{self.url}/fake/{path}", json=body or {}, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()
