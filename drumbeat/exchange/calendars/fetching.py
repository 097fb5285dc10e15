"""A calendar's address fetched: http and https, bounded in size, time and redirects, never inwards.

The name is resolved once, every address of it is checked, and the connection goes to the very address that
was checked, so that a name that answers differently a moment later leads nowhere else. Each redirect is
checked again.
"""

import base64
import ipaddress
import socket
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoAnswer
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from drumbeat.core.refusal import Refused
from drumbeat.exchange.calendars.networks import Inside, Resolve, is_inside, resolve

REDIRECTS = {301, 302, 303, 307, 308}
PIECE = 64 * 1024


class BadAddress(Refused):
    """The text is no address that a calendar can be fetched from."""


class InsideNetwork(Refused):
    """The address, or one that it leads to, lies inside the server's own network."""


class NoCalendarThere(Refused):
    """The address does not answer, or answers with an error."""


class TooMuch(Refused):
    """The answer is too large, takes too long, or leads on and on."""


@dataclass(frozen=True)
class Limits:
    """How much is fetched at most."""

    megabytes: float = 50
    seconds: float = 60
    pause: float = 15  # the longest silence
    redirects: int = 5

    @property
    def bytes(self) -> int:
        """The size in bytes."""
        return int(self.megabytes * 1024 * 1024)


@dataclass
class Fetcher:
    """Fetches one address. ``inside`` and ``resolve`` are what tests replace; ``allow_inside`` is the
    setting.
    """

    allow_inside: bool = False
    limits: Limits = field(default_factory=Limits)
    inside: Inside = is_inside
    resolve: Resolve = resolve

    def fetch(self, address: str) -> bytes:
        """What stands at the address.

        Raises BadAddress, InsideNetwork, NoCalendarThere or TooMuch, each with a sentence that does not
        repeat the address: it is as good as a key.
        """
        until = time.monotonic() + self.limits.seconds
        url = checked(address)
        login = _login(url)
        for _ in range(self.limits.redirects + 1):
            answer = self._once(url, login, until)
            if isinstance(answer, bytes):
                return answer
            following = checked(urljoin(url.geturl(), answer))
            if url.scheme == "https" and following.scheme == "http":
                raise BadAddress("The address leads on to an unprotected one (http); nothing was fetched.")
            if (following.hostname, following.port) != (url.hostname, url.port):
                login = ""
            url = following
        raise TooMuch(
            f"The address leads on more than {self.limits.redirects} times; give the last one itself."
        )

    def _once(self, url: SplitResult, login: str, until: float) -> bytes | str:
        """The body, or where the answer leads on to."""
        host, port = str(url.hostname), url.port or (443 if url.scheme == "https" else 80)
        last: Exception | None = None
        for pinned in self._addresses(host, port, until):
            watch = _Watch(until)
            try:
                return self._ask(url, host, port, pinned, login, watch)
            except (urllib3.exceptions.HTTPError, OSError, ValueError, AttributeError) as fault:
                # AttributeError and ValueError: what urllib3 runs into when the watch shuts its socket.
                last = fault
                if watch.over:
                    raise TooMuch(_too_long(self.limits)) from None
            finally:
                watch.stop()
        if isinstance(last, urllib3.exceptions.SSLError):
            raise NoCalendarThere("The address has no valid certificate; nothing was fetched.") from None
        raise NoCalendarThere(
            "The address does not answer; look whether it is right and try again later."
        ) from None

    def _addresses(self, host: str, port: int, until: float) -> list[str]:
        """The addresses behind the name, each of them checked."""
        pool = ThreadPoolExecutor(max_workers=1)
        try:
            found = pool.submit(self.resolve, host, port).result(timeout=max(0.1, until - time.monotonic()))
        except (OSError, UnicodeError):
            raise NoCalendarThere(f"There is no “{host[:100]}”; look whether the address is right.") from None
        except NoAnswer:
            raise TooMuch(_too_long(self.limits)) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        if not self.allow_inside and any(self.inside(ipaddress.ip_address(one)) for one in found):
            raise InsideNetwork(
                "The address leads into this server's own network; an administrator can allow that with "
                "DRUMBEAT_PRIVATE_CALENDARS."
            )
        if not found:
            raise NoCalendarThere(f"There is no “{host[:100]}”; look whether the address is right.")
        return found[:4]

    def _ask(
        self, url: SplitResult, host: str, port: int, pinned: str, login: str, watch: "_Watch"
    ) -> bytes | str:
        headers = {
            "Host": host if url.port is None else f"{host}:{port}",
            "User-Agent": "Drumbeat",
            "Accept": "text/calendar, */*;q=0.5",
            "Accept-Encoding": "gzip, identity",
        }
        if login:
            headers["Authorization"] = login
        pool = _pool(url.scheme, host, port, pinned, watch)
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        pause = min(self.limits.pause, max(0.1, watch.left))
        with pool:
            answer = pool.urlopen(
                "GET",
                path,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                timeout=urllib3.Timeout(connect=pause, read=pause),
            )
            try:
                if answer.status in REDIRECTS and answer.headers.get("Location"):
                    return str(answer.headers["Location"])
                if answer.status != 200:
                    raise NoCalendarThere(_status(answer.status))
                return self._body(answer, watch)
            finally:
                answer.close()

    def _body(self, answer: Any, watch: "_Watch") -> bytes:
        most = self.limits.bytes
        too_large = TooMuch(f"The calendar at the address is larger than {self.limits.megabytes:g} MB.")
        declared = str(answer.headers.get("Content-Length", ""))
        if declared.isdigit() and int(declared) > most:
            raise too_large
        packed = "gzip" in str(answer.headers.get("Content-Encoding", "")).lower()
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
        body = bytearray()
        try:
            while piece := answer.read1(PIECE):
                body += unpack.decompress(piece, most + 1 - len(body)) if unpack else piece
                if len(body) > most or (unpack and unpack.unconsumed_tail):
                    raise too_large
                if watch.over:
                    raise TooMuch(_too_long(self.limits))
        except zlib.error:
            raise NoCalendarThere("The address answers with something that cannot be unpacked.") from None
        if watch.over:
            raise TooMuch(_too_long(self.limits))
        if declared.isdigit() and not packed and len(body) < int(declared):
            raise NoCalendarThere("The answer broke off in the middle; it is tried again later.")
        return bytes(body)


def checked(address: str) -> SplitResult:
    """The address taken apart; ``webcal`` means https.

    Raises BadAddress when it is not http or https, has no host, or is too long.
    """
    text = address.strip()
    if text.lower().startswith(("webcal://", "webcals://")):
        text = "https://" + text.partition("://")[2]
    try:
        url = urlsplit(text)
        fits = url.scheme in {"http", "https"} and bool(url.hostname) and (url.port or 1) > 0
        if url.hostname:
            url.hostname.encode("idna")
    except (ValueError, UnicodeError):
        fits = False
    if not fits or len(text) > 4000 or any(ord(sign) <= 32 for sign in text):
        raise BadAddress("That is no address of a calendar; it begins with https:// (or webcal://).")
    return url


class _Watch:
    """Shuts the connection when the time is up, whatever it waits for then."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.socket: Any = None
        self._timer = threading.Timer(max(0.05, self.left), self._shut)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        return self.until - time.monotonic()

    @property
    def over(self) -> bool:
        return self.left <= 0

    def _shut(self) -> None:
        if self.socket is not None:
            try:
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
            except OSError:
                return

    def stop(self) -> None:
        self._timer.cancel()


def _pool(
    scheme: str, host: str, port: int, pinned: str, watch: _Watch
) -> urllib3.HTTPConnectionPool | urllib3.HTTPSConnectionPool:
    """A pool that connects to the checked address, and checks the certificate against the name."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.socket = self.sock

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.socket = self.sock

    if scheme == "http":
        plain = urllib3.HTTPConnectionPool(pinned, port)
        plain.ConnectionCls = Plain
        return plain
    secure = urllib3.HTTPSConnectionPool(
        pinned, port, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
    )
    secure.ConnectionCls = Secure
    return secure


def _login(url: SplitResult) -> str:
    if not url.username:
        return ""
    pair = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _status(status: int) -> str:
    if status in {401, 403}:
        return f"The address does not let us in (status {status}); take the private address of the calendar."
    if status in {404, 410}:
        return f"There is no calendar at the address (status {status}); look whether it is right."
    return f"The address answers with status {status} instead of a calendar; try again later."


def _too_long(limits: Limits) -> str:
    return f"The address takes longer than {limits.seconds:g} seconds; nothing was kept."
