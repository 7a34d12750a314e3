"""docs/rest.md keeps its word: every example is run, and answers what stands behind it."""
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(r"(?m)^curl (?:.*\\\n)*.*# (\d{3})$")


def test_the_examples_of_the_documentation_run(make_hub, tmp_path):
    hub = make_hub().start()
    text = (ROOT / "docs" / "rest.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    examples = [(found[0], found[1]) for block in blocks for found in EXAMPLE.finditer(block)]
    assert len(examples) == text.count("\ncurl "), "an example says no status"
    names = {"HUB": hub.url, "EMAIL": hub.admin_email, "PASSWORD": hub.admin_password, "TOKEN": "", "LOCATION": ""}
    for command, status in examples:
        # The headers go to a file, so that the shell reads the example as it stands.
        command = command.replace("curl ", f"curl -sS -D {tmp_path}/headers ", 1)
        done = subprocess.run(["bash", "-c", command], env={"PATH": "/usr/bin:/bin"} | names, capture_output=True,
                              text=True, timeout=30)
        headers = (tmp_path / "headers").read_text()
        assert headers.split()[1] == status, f"{command}\n{headers}\n{done.stdout}\n{done.stderr}"
        if found := re.search(r"(?im)^location: (\S+)", headers):
            names["LOCATION"] = found[1]
        if found := re.search(r'"access_token":"([^"]+)"', done.stdout):
            names["TOKEN"] = found[1]
