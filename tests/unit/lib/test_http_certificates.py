"""The connection goes to the checked address; the certificate must still be that of the name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from corale.lib import http
from tests.unit.lib.test_http import answers_with, reply, serving


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server whose certificate names a-name.example, trusted by us."""
    own = certificate("a-name.example", tmp_path)
    monkeypatch.setattr("corale.lib.http.trust.certifi.where", lambda: str(own))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    with serving(lambda handler: reply(handler, b"ciao"), context) as number:
        yield number


def test_the_certificate_of_the_name_is_accepted(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answers_with(monkeypatch, "127.0.0.1")

    assert http.fetch(f"https://a-name.example:{port}/", allow_loopback=True).content == b"ciao"


def test_the_certificate_of_another_name_is_not(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answers_with(monkeypatch, "127.0.0.1")

    with pytest.raises(http.Unreachable, match="certificate"):
        http.fetch(f"https://another.example:{port}/", allow_loopback=True)


def test_an_authority_of_the_house_is_believed_beside_the_public_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = certificate("a-name.example", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    answers_with(monkeypatch, "127.0.0.1")
    with serving(lambda handler: reply(handler, b"ciao"), context) as number:
        address = f"https://a-name.example:{number}/"
        with pytest.raises(http.Unreachable, match="certificate"):
            http.fetch(address, allow_loopback=True)

        monkeypatch.setenv("CORALE_CA_FILE", str(own))

        assert http.fetch(address, allow_loopback=True).content == b"ciao"


def certificate(name: str, folder: Path) -> Path:
    """Key and certificate in one file, signed by itself, good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "both.pem"
    path.write_bytes(secret + signed.public_bytes(pem))
    return path
