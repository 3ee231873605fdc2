"""Serves the portal with its worker until Ctrl-C, or until one of the two ends."""

import os
import signal
import socket
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from types import FrameType

from ground import ROOT, VENV_PYTHON, manage, say, stop

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 30


class Stopped(Exception):
    """The person, or whoever started this, wants it to end."""


def free_port() -> int:
    """The port of PORT, 8000 where it is not set; stops where it is wrong or taken."""
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        stop(f"PORT is {text!r}. Set it to a whole number from 1 to 65535.")
    port = int(text)
    with socket.socket() as probe:
        # As gunicorn does: a port whose last connection is only fading counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            stop(f"Port {port} cannot be used ({error.strerror}). Try: make demo PORT={port + 1}")
    return port


def commands(port: int) -> dict[str, list[str]]:
    """The processes by name: with REDIS_URL a Celery worker and beat, without it `work`."""
    python = str(VENV_PYTHON)
    web = [python, "-m", "gunicorn", "safeguarding.wsgi", "--bind", f"{HOST}:{port}"]
    web += ["--threads", "4", "--log-level", "warning", "--no-control-socket"]
    if not os.environ.get("REDIS_URL", "").strip():
        return {"web server": web, "worker": manage("work")}
    celery = [python, "-m", "celery", "--quiet", "-A", "safeguarding"]
    quiet = ["--loglevel", "warning"]
    return {
        "web server": web,
        "worker": [*celery, "worker", "--concurrency", "1", *quiet],
        "beat": [*celery, "beat", *quiet],
    }


def serve(port: int) -> None:
    """Start all processes and stop them together. Stops with a sentence if one ends by itself."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopped)
    # Links in e-mails lead to where it is served, on whatever port.
    os.environ.setdefault("PORTAL_URL", f"http://localhost:{port}")
    started: dict[str, subprocess.Popen[bytes]] = {}
    ended = ""
    try:
        for name, command in commands(port).items():
            # A session of its own: Ctrl-C reaches this process, which ends the others once.
            started[name] = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        ended = _wait_until_answering(port, started) or _wait_until_one_ends(started)
    except Stopped:
        say("\nStopping.")
    finally:
        _stop_all(started)
    if ended:
        stop(f"The {ended} ended by itself; its last words are above. Everything was stopped.")


def _stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _first_ended(started: dict[str, subprocess.Popen[bytes]]) -> str:
    return next((name for name, process in started.items() if process.poll() is not None), "")


def _wait_until_answering(port: int, started: dict[str, subprocess.Popen[bytes]]) -> str:
    """The empty text when the portal answers; else the name of the process that ended."""
    until = time.monotonic() + START_SECONDS
    while not answers(port):
        ended = _first_ended(started)
        if ended:
            return ended
        if time.monotonic() > until:
            say(f"The portal has not answered for {START_SECONDS} seconds; still waiting.")
            until += START_SECONDS
        time.sleep(0.2)
    say(f"\nThe portal is at http://localhost:{port}/ (stop it with Ctrl-C).")
    return ""


def _wait_until_one_ends(started: dict[str, subprocess.Popen[bytes]]) -> str:
    while not _first_ended(started):
        time.sleep(0.5)
    return _first_ended(started)


def answers(port: int, host: str = HOST) -> bool:
    """Whether the portal's health page says that it can work."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stop_all(started: dict[str, subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for process in started.values():
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for process in started.values():
        try:
            process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
