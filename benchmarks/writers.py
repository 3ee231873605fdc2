"""People at a form of many rows: they open it, change some rows, save, think, and go on.

A writer is a thread with a connection and a session of its own. It knows forms as a browser
does, by their HTML, and tells how long each answer took to its last byte.
"""

import html
import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode

_INPUT = re.compile(r"<input\b([^>]*)>")
_SELECT = re.compile(r'<select name="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
_TEXTAREA = re.compile(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_CHOSEN = re.compile(r'<option value="([^"]*)" selected')
# By the beginning of the names of a row's fields, their ends, each with a number and its decimals:
# {"referrals-": {"value": (1200.0, 0)}} is about 1,200.
Rows = Mapping[str, Mapping[str, tuple[float, int]]]
STRAYS = 0.1  # of the saves
UNTICKED = {"checkbox", "radio"}


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send if nobody touched the page's forms; the last of a name counts."""
    found: dict[str, str] = {}
    for tag in _INPUT.findall(page):
        its = dict(_ATTRIBUTE.findall(tag))
        if "name" in its and (its.get("type") not in UNTICKED or "checked" in its):
            unsaid = "on" if its.get("type") in UNTICKED else ""
            found[its["name"]] = html.unescape(its.get("value", unsaid))
    for name, body in _TEXTAREA.findall(page):
        found[name] = html.unescape(body)
    for name, body in _SELECT.findall(page):
        chosen = _CHOSEN.search(body)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


@dataclass(frozen=True, slots=True)
class Took:
    """One answer: `what` was asked, whether it was the writer's first, its status, milliseconds."""

    what: str
    first: bool
    status: int
    ms: float


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody types into which rows: their own, and at some saves one of anybody's too."""

    rows: Rows
    changed: int  # rows at each save
    anybodys: Rows = field(default_factory=dict)

    def over(self, fields: Mapping[str, str], chance: random.Random) -> dict[str, str]:
        """The fields as they are sent: some rows typed anew, every question answered."""
        sent = dict(fields)
        here = _asked_for(self.rows, sent)
        typed = chance.sample(here, min(self.changed, len(here)))
        if chance.random() < STRAYS and self.anybodys:
            typed.append(chance.choice(_asked_for(self.anybodys, sent)))
        for row in typed:
            apart = chance.uniform(0.98, 1.02)  # both numbers of a share move together
            for name, (about, decimals) in {**self.rows, **self.anybodys}[row].items():
                sent[row + name] = f"{max(about * apart, 0):.{decimals}f}"
        asked = [name for name in sent if name.endswith("-asked")]
        return sent | {name.replace("-asked", "-answer"): "checked" for name in asked}


def _asked_for(rows: Rows, fields: Mapping[str, str]) -> list[str]:
    """Those of the rows that the form has boxes for."""
    return [row for row, names in rows.items() if {row + name for name in names} <= fields.keys()]


@dataclass(slots=True)
class Writer:
    """One person. `headers` are sent with all requests, as a proxy would add them."""

    port: int
    email: str
    password: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    took: list[Took] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _connection: HTTPConnection | None = None

    def sign_in(self, address: str) -> None:
        page = self._asked("GET", address)[1]
        typed = {"login": self.email, "password": self.password}
        answer, _, _ = self._asked("POST", address, fields_of(page) | typed)
        if answer.status != 302 or "sessionid" not in self.cookies:
            raise RuntimeError(f"{self.email} could not sign in: {answer.status}.")

    def begin(self, port: int) -> None:
        """Another round, at a server that was started anew."""
        self.port, self.took, self.failed = port, [], []

    def work(self, address: str, typing: Typing, *, think: float, until: float, seed: int) -> None:
        """Opens, types, saves and thinks until a moment of `time.monotonic`."""
        chance = random.Random(seed)
        time.sleep(chance.uniform(0, think))  # people do not begin at the same moment
        try:
            page = self._timed("page", "GET", address)
            while time.monotonic() < until:
                time.sleep(think)
                answer = self._timed("save", "POST", address, typing.over(fields_of(page), chance))
                page = answer or self._timed("page", "GET", address)
        except (HTTPException, OSError) as error:
            self.failed.append(f"{type(error).__name__}: {error}")
        finally:
            self._close()

    def _timed(
        self, what: str, method: str, address: str, sent: dict[str, str] | None = None
    ) -> str:
        first = not any(each.what == what for each in self.took)
        answer, page, ms = self._asked(method, address, sent)
        self.took.append(Took(what, first, answer.status, ms))
        if answer.status >= 500 or answer.status in {400, 403, 404}:
            self.failed.append(f"{what}: {answer.status}")
        return page

    def _asked(
        self, method: str, address: str, sent: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, str, float]:
        body = urlencode(sent) if sent is not None else None
        headers = {
            **self.headers,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        page = answer.read()
        ms = (time.perf_counter() - started) * 1000
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self._close()  # a person's browser has let go of the connection when they have thought
        return answer, page.decode(), ms

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def all_at_work(writers: list[tuple[Writer, str, Typing]], *, think: float, seconds: float) -> None:
    """Lets each writer work at its address for so long."""
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=writer.work,
            args=(address, typing),
            kwargs={"think": think, "until": until, "seed": number},
        )
        for number, (writer, address, typing) in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
