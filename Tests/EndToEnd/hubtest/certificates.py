"""Certificates made by openssl for one test."""
import pathlib
import secrets
import ssl
import subprocess


def openssl(*arguments, folder):
    done = subprocess.run(["openssl", *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"openssl {' '.join(map(str, arguments))}\n{done.stderr}"


class Authority:
    """Signs certificates for 127.0.0.1; tests trust it and nobody else."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.certificate = self.folder / "authority.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=Test Authority", "-addext", "keyUsage=critical,keyCertSign", "-keyout", "authority.key",
                "-out", self.certificate, folder=self.folder)

    def issue(self, name, *, days=90, host="hub.test"):
        """A `Certificate` for `host` and 127.0.0.1; with negative days one that has expired."""
        (self.folder / f"{name}.ext").write_text(f"subjectAltName=DNS:{host},IP:127.0.0.1\n", encoding="utf-8")
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                f"/CN={host}", "-keyout", f"{name}.key", "-out", f"{name}.csr", folder=self.folder)
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", self.certificate, "-CAkey", "authority.key",
                "-set_serial", f"0x{secrets.token_hex(8)}", "-extfile", f"{name}.ext", "-days", days, "-out", f"{name}.pem", folder=self.folder)
        return Certificate(self.folder / f"{name}.pem", self.folder / f"{name}.key", self.certificate)


class Certificate:
    def __init__(self, chain, key, authority):
        self.chain, self.key, self.authority = chain, key, authority

    def install(self, other):
        """Takes the place of another certificate, as a renewal does."""
        other.chain.write_bytes(self.chain.read_bytes())
        other.key.write_bytes(self.key.read_bytes())

    @property
    def der(self):
        return ssl.PEM_cert_to_DER_cert(self.chain.read_text(encoding="utf-8"))

    def client(self, **protocols):
        """What a client needs that trusts the authority."""
        context = ssl.create_default_context(cafile=self.authority)
        for name, value in protocols.items():
            setattr(context, name, value)
        return context
