"""One instance that is served: where it answers, and its processes."""

import socket
from dataclasses import dataclass, field

from drumbeat.core.refusal import Refused
from drumbeat.run.lifeline import Lifeline
from drumbeat.run.supervise import Child

ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104


class PortTaken(Refused):
    """Another program listens there."""


@dataclass
class Site:
    """Web server and worker of one instance; ``opens`` is the address for the browser, where another one."""

    host: str
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    opens: str = ""
    children: list[Child] = field(default_factory=list)

    @property
    def address(self) -> str:
        """As a browser on this machine writes it."""
        host = "127.0.0.1" if self.host in ANYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def start(self, lifeline: Lifeline) -> None:
        """Start web server and worker."""
        web = ["drumbeat.run.serve", self.host, str(self.port)]
        self.children = [
            Child("web", web, self.environment, lifeline),
            Child("worker", ["drumbeat", "worker"], self.environment, lifeline),
        ]
        for child in self.children:
            child.start()


def free_port(host: str, port: int) -> int:
    """The port, or a free one for 0; raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OverflowError:
            raise PortTaken(f"{port} is no port; choose one from 1 to 65535, or 0 for a free one.") from None
        except OSError as fault:
            raise PortTaken(
                f"Drumbeat cannot listen on {host}:{port} ({(fault.strerror or 'it failed').lower()}); "
                "choose another with --port, or --port 0 for a free one."
            ) from None
        found: int = trial.getsockname()[1]
        return found
