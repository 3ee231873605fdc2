"""A mail server that is there, on a port of this machine, and one that is not."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from django.test.utils import override_settings

PARSER = BytesParser(policy=default)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class Post:
    """What a server took; `refuses` are addresses that it does not know.

    It hangs up without an answer once it has taken `hangs_up_after` e-mails.
    """

    taken: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    hangs_up_after: int | None = None

    @property
    def addresses(self) -> list[str]:
        return [str(each["To"]) for each in self.taken]


class _Server(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, post: Post) -> None:
        self.post = post
        super().__init__(("127.0.0.1", 0), _Talk)


class _Talk(StreamRequestHandler):
    """As much of SMTP as the standard library's client speaks without sign-in."""

    def __init__(self, request: Any, address: Any, server: BaseServer) -> None:
        assert isinstance(server, _Server)
        self.post = server.post
        super().__init__(request, address, server)

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "QUIT":
                self._say("221 bye")
                return
            if word == "DATA":
                if len(self.post.taken) == self.post.hangs_up_after:
                    return
                self._take()
            elif word == "RCPT" and line.split("<")[1].rstrip(">") in self.post.refuses:
                self._say("550 no such person here")
            else:
                self._say("250 yes")

    def _take(self) -> None:
        self._say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.post.taken.append(PARSER.parsebytes(b"".join(lines)))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that takes e-mails, and what it took."""
    made = Post()
    with _Server(made) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        with override_settings(
            EMAIL_BACKEND=SMTP, EMAIL_HOST=host, EMAIL_PORT=port, EMAIL_USE_TLS=False
        ):
            yield made
        server.shutdown()


@pytest.fixture
def away() -> Iterator[None]:
    """A mail server that is down: a port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        host, port = taken.getsockname()
        with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST=host, EMAIL_PORT=port):
            yield
