"""Resolves the name of a Postgres server before a deadline: libpq's own look-up waits as long as the resolver does."""

from __future__ import annotations

import os
from typing import Any

from psycopg import OperationalError

from shared.deadline import Deadline
from shared.network import addresses

_PORT = 5432


def add_addresses(options: dict[str, Any], deadline: Deadline) -> None:
    """Name every address of the hosts in libpq's connection options; what are sockets or addresses stays.

    The names stay, too: certificates and files of passwords are for them. Raises psycopg's OperationalError if no host
    has an address in time.
    """
    hosts = _listed(options, "host")
    ports = _listed(options, "port") or [str(_PORT)]
    ports = ports * len(hosts) if len(ports) == 1 else ports
    if not hosts or _listed(options, "hostaddr") or len(ports) != len(hosts):
        return
    found: list[tuple[str, str, str]] = []
    failed: OSError | None = None
    for nth, (host, port) in enumerate(zip(hosts, ports, strict=True)):
        try:
            each = _addresses(host, port, deadline.within(deadline.left / (len(hosts) - nth)))
        except OSError as error:
            failed = error
        else:
            found += [(host, address, port) for address in each]
    if not found:
        raise OperationalError(f"could not translate host name to address: {failed}") from failed
    for name, values in zip(("host", "hostaddr", "port"), zip(*found, strict=True), strict=True):
        options[name] = ",".join(values)


def _addresses(host: str, port: str, deadline: Deadline) -> list[str]:
    """Every address of a host once; none, but a place, for a socket in the file system."""
    if not host or host[0] in "/@":
        return [""]
    return list(dict.fromkeys(str(place[0]) for _, place in addresses(host, int(port or _PORT), deadline)))


def _listed(options: dict[str, Any], name: str) -> list[str]:
    """The values of an option, which libpq separates by commas and also takes from the environment."""
    given = str(options.get(name) or os.environ.get(f"PG{name.upper()}", ""))
    return given.split(",") if given else []
