"""One hub process with a data folder of its own."""
import os
import pathlib
import random
import signal
import socket
import subprocess

import requests

from .account import Account
from .rest import Rest
from .waiting import wait_for

ROOT = pathlib.Path(__file__).resolve().parents[3]
BINARY = pathlib.Path(os.environ.get("HUB_BINARY", ROOT / ".build" / "debug" / "hub"))

# Those of one process of the run are no other's: what is stopped for a moment finds its port free.
PORTS = [range(10081, 15000), range(15000, 20000)]
# Those that were handed out: one that nobody listens on yet is not given to a second one.
TAKEN = set()

# What a hub under test needs of the machine; everything else that configures it is said by the test.
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")


class Hub:
    """The folder holds its data, its log, and is its working directory."""

    def __init__(self, folder, database_url="", settings=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.log = self.folder / "hub.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ws_url = f"ws://127.0.0.1:{self.port}"
        self.certificate = None
        # Words before the program, such as one that limits it.
        self.prefix = []
        self.database_url = database_url
        self.admin_email = "admin@example.com"
        self.admin_password = "correct horse battery staple"
        self.process = None
        self.accounts = {}
        self.settings = {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATA_DIR": str(self.data),
            "DATABASE_URL": database_url,
            "ADMIN_EMAIL": self.admin_email,
            "ADMIN_PASSWORD": self.admin_password,
            # Most of a start and of a sign-in would be scrypt, which is slow by design and slower in a debug build.
            "HUB_PASSWORD_COST": "10",
        } | (settings or {})

    def secure(self, certificate):
        """Makes it a hub that speaks TLS; before it is started."""
        self.certificate = certificate
        self.settings |= {"TLS_CERT": str(certificate.chain), "TLS_KEY": str(certificate.key)}
        self.url = f"https://127.0.0.1:{self.port}"
        self.ws_url = f"wss://127.0.0.1:{self.port}"
        return self

    @property
    def trusted(self):
        """Whom HTTP clients trust: the path of an authority, or the usual ones."""
        return str(self.certificate.authority) if self.certificate else True

    @property
    def database(self):
        return "postgres" if self.database_url else "sqlite"

    # ---- the process

    def environment(self):
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return inherited | {name: value for name, value in self.settings.items() if value is not None}

    def launch(self):
        """Starts the process without waiting for it to serve."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, BINARY, "serve"], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT,
            )

    def start(self, within=30):
        self.launch()
        wait_for(self._is_ready_or_gone, within, f"{self.url}/ready answers 200\n{self.log_text()}")
        assert self.process.poll() is None, f"the hub ended with {self.process.returncode}\n{self.log_text()}"
        return self

    def _is_ready_or_gone(self):
        return self.process.poll() is not None or self.status("/ready") == 200

    def status(self, path):
        """The status of a GET, or None when nobody answers."""
        try:
            return requests.get(self.url + path, timeout=5, verify=self.trusted).status_code
        except requests.RequestException:
            return None

    def stop(self, within=40):
        """Ends it as an operator would and returns the exit status."""
        if self.is_running:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def kill(self):
        """Ends it as a power cut would."""
        if self.is_running:
            self.process.kill()
        self.process.wait(30)

    def restart(self):
        self.stop()
        return self.start()

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def memory(self):
        """Resident bytes of the process (proc(5))."""
        pages = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def processor_seconds(self):
        """What the process has used of the processor (proc(5))."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def log_text(self):
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    @property
    def fault(self):
        """What it said as it ended by a fault of its own; empty if it did not."""
        return self.log_text().partition("Fatal error")[2]

    # ---- the program's other commands

    def run(self, *arguments, stdin=None, settings=None, within=60):
        """Runs `hub ARGUMENTS` with this hub's configuration and returns the finished process."""
        return subprocess.run(
            [BINARY, *arguments], cwd=self.folder, env=self.environment() | (settings or {}), input=stdin or "",
            capture_output=True, text=True, timeout=within,
        )

    def cli(self, *arguments, **options):
        """Like `run`, for commands that must succeed; returns what they print."""
        done = self.run(*arguments, **options)
        assert done.returncode == 0, f"hub {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    # ---- people

    def rest(self, token=None):
        return Rest(self.url, token, verify=self.trusted)

    @property
    def admin(self):
        return self.accounts.setdefault(
            self.admin_email, Account(self, self.admin_email, self.admin_password, "admin", "Admin"))

    def add_user(self, email, role="agent", name=None, password="a password of one's own"):
        account = Account(self, email, password, role, name or email.split("@")[0])
        self.cli("user", "add", "--email", email, "--name", account.name, "--role", role, "--password-stdin",
                 stdin=password + "\n")
        self.accounts[email] = account
        return account

    def account(self, role, number):
        """The person of a role with a number, who is added when first asked for."""
        email = f"{role}{number}@example.com"
        return self.accounts.get(email) or self.add_user(email, role, f"{role.capitalize()} {number}")


def free_port():
    """A port below the range from which the kernel lends ports to clients, so that a restart finds it free.

    Above 10080, the highest port that Chromium refuses to open (https://fetch.spec.whatwg.org/#port-blocking).
    """
    ports = PORTS[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % len(PORTS)]
    while True:
        port = random.choice([each for each in ports if each not in TAKEN])
        TAKEN.add(port)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
