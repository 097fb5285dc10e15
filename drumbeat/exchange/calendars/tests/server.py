"""A real server on this machine that misbehaves as asked."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Misbehaves(BaseHTTPRequestHandler):
    """Answers by the first part of its path."""

    protocol_version = "HTTP/1.1"
    body = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Host"), self.headers.get("Authorization")))
        what = self.path.strip("/").partition("/")[0].partition("?")[0]
        try:
            getattr(self, f"answer_{what}")()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def _head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def answer_ok(self) -> None:
        self._head(200, Content_Length=str(len(self.body)))
        self.wfile.write(self.body)

    def answer_packed(self) -> None:
        packed = gzip.compress(self.body)
        self._head(200, Content_Encoding="gzip", Content_Length=str(len(packed)))
        self.wfile.write(packed)

    def answer_bomb(self) -> None:
        packed = gzip.compress(b"\0" * 30_000_000)
        self._head(200, Content_Encoding="gzip", Content_Length=str(len(packed)))
        self.wfile.write(packed)

    def answer_to(self) -> None:
        """/to/<address> leads there."""
        self._head(302, Location=self.path[len("/to/") :], Content_Length="0")

    def answer_round(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self._head(302, Location=f"/round/{number + 1}", Content_Length="0")

    def answer_few(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self._head(307, Location="/ok" if number == 0 else f"/few/{number - 1}", Content_Length="0")

    def answer_large(self) -> None:
        self._head(200, Content_Length="999999999")

    def answer_endless(self) -> None:
        self._head(200, Transfer_Encoding="chunked")
        while not self.server.over:
            self.wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    def answer_drip(self) -> None:
        self._head(200, Content_Length="100000")
        while not self.server.over:
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def answer_driphead(self) -> None:
        while not self.server.over:
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(0.05)

    def answer_silent(self) -> None:
        while not self.server.over:
            time.sleep(0.05)

    def answer_short(self) -> None:
        self._head(200, Content_Length="1000")
        self.wfile.write(b"BEGIN:VCALENDAR\r\n")
        self.close_connection = True

    def answer_missing(self) -> None:
        self._head(404, Content_Length="0")

    def answer_closed(self) -> None:
        self._head(401, Content_Length="0")

    def answer_broken(self) -> None:
        self._head(500, Content_Length="0")

    def answer_page(self) -> None:
        page = b"<html>Sign in</html>"
        self._head(200, Content_Length=str(len(page)))
        self.wfile.write(page)


class Server(ThreadingHTTPServer):
    """Remembers what it was asked."""

    daemon_threads = True
    over = False

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Misbehaves)
        self.asked: list[tuple[str, str | None, str | None]] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Server]:
    """The server, while it is needed."""
    server = Server(host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.over = True
        server.shutdown()
        server.server_close()
