"""Which addresses lie inside the server's own network. A calendar's address is given by a user; the server
must not become that user's way in.
"""

import ipaddress
import socket
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Inside = Callable[[Address], bool]
Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_inside(address: Address) -> bool:
    """Whether the address is private, loopback, link-local (cloud metadata), reserved, multicast, or hides
    such a one.

    Whatever is not plainly public counts as inside.
    """
    hidden = _hidden(address)
    if hidden is not None:
        return is_inside(hidden)
    return not address.is_global or address.is_multicast or address.is_reserved


def _hidden(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order; raises OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
