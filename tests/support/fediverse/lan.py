"""A small internet on loopback: names of our own, and TLS in front of each server.

Names are resolved by libnss-wrapper in the processes that are given `environment`, and nowhere else: /etc/hosts is left
alone, no root is needed, and two runs of the tests do not meet, because each has an address of 127.0.0.0/8 to itself.
The port is 443 where that may be used (root, or a machine that lets anybody), and a free one, named in every address,
where not.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.atproto.keeper import end
from tests.support.fediverse.authority import certify
from tests.support.product import TIED

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
SERVER = """
  server {{
    listen {address}:{port} ssl; server_name {name};
    location / {{
      proxy_pass http://127.0.0.1:{upstream}; proxy_http_version 1.1; proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto https;
    }}
  }}"""
NGINX_CONF = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn; worker_processes 1; {user}
events {{ worker_connections 512; }}
http {{
  access_log {folder}/access.log; client_max_body_size 40m; server_names_hash_bucket_size 128; {temporary}
  ssl_certificate {folder}/tls.crt; ssl_certificate_key {folder}/tls.key; {servers}
}}
"""


@dataclass(frozen=True)
class Lan:
    """Where it is, and what its inhabitants must be told."""

    folder: Path
    address: str
    port: int

    def url(self, name: str) -> str:
        """https://name, with the port where it is not the usual one."""
        return f"https://{self.host(name)}"

    def host(self, name: str) -> str:
        return name if self.port == 443 else f"{name}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """For a process that should know the names and trust the authority."""
        authority = str(self.folder / "ca.pem")
        return {
            "LD_PRELOAD": "libnss_wrapper.so", "NSS_WRAPPER_HOSTS": str(self.folder / "hosts"),
            "CORALE_CA_FILE": authority, "NODE_EXTRA_CA_CERTS": authority,
        }  # fmt: skip


@contextmanager
def lan(folder: Path, upstreams: Mapping[str, int]) -> Iterator[Lan]:
    """Names, each with the port on 127.0.0.1 behind it, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    address, port = free_place()
    made = Lan(folder, address, port)
    certify(list(upstreams), folder)
    (folder / "hosts").write_text("".join(f"{address} {name}\n" for name in upstreams))
    (folder / "nginx.conf").write_text(_configuration(made, upstreams))
    nginx = subprocess.Popen([*TIED, NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)], cwd=folder)
    try:
        _wait(made, nginx)
        yield made
    finally:
        end(nginx)  # type: ignore[arg-type]


def _configuration(made: Lan, upstreams: Mapping[str, int]) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return NGINX_CONF.format(
        folder=made.folder,
        user="user root;" if os.getuid() == 0 else "",
        temporary=" ".join(f"{kind}_temp_path {made.folder}/tmp-{kind};" for kind in kinds),
        servers="".join(
            SERVER.format(address=made.address, port=made.port, name=name, upstream=upstream)
            for name, upstream in upstreams.items()
        ),
    )


def _wait(made: Lan, nginx: subprocess.Popen[bytes]) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex((made.address, made.port)) == 0:
                return
        if nginx.poll() is not None:
            raise RuntimeError("nginx did not start:\n" + (made.folder / "nginx.log").read_text()[-2000:])


def free_place() -> tuple[str, int]:
    """An address nobody else uses, and 443 or a free port there."""
    while True:
        address = f"127.{random.randrange(1, 255)}.{random.randrange(1, 255)}.{random.randrange(2, 255)}"
        with socket.socket() as probe:
            try:
                probe.bind((address, 443))
                return address, 443
            except PermissionError:
                probe.bind((address, 0))
                return address, int(probe.getsockname()[1])
            except OSError:
                continue
