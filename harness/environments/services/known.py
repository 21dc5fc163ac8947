"""The services that Debian has and that need no more than their package's name: what else there is to say of them.

Everybody may log in to them without a password: they run on a private network, with data made for a test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """What is said of a service: commands with {host} {port} {data}, and `prepare` with {locale} {timezone} as well.

    `prepare` is run by sh as root when its image is made, and leaves a data folder that can be started from.
    """

    packages: str
    start: str
    client: str
    ready: str
    port: int
    data: str
    user: str
    prepare: str
    stop_signal: str = "SIGTERM"


_POSTGRESQL = Known(
    packages=r"postgresql(-\d+)?",
    start="/opt/backfit-postgresql/postgres -D {data} -p {port} -c listen_addresses=* -c unix_socket_directories=/tmp"
    " -c fsync=off",  # a run's data need not outlive a power cut
    client="/opt/backfit-postgresql/psql -h 127.0.0.1 -p {port} -U postgres -v ON_ERROR_STOP=1 -q",
    ready="/opt/backfit-postgresql/pg_isready -q -h 127.0.0.1 -p {port}",
    port=5432,
    data="/var/lib/backfit/postgresql",
    user="postgres",
    prepare="rm -rf /var/lib/postgresql/*/main && ln -s /usr/lib/postgresql/*/bin /opt/backfit-postgresql"
    " && install -d -o postgres -g postgres -m 700 {data}"
    " && su -s /bin/sh postgres -c 'TZ={timezone} /opt/backfit-postgresql/initdb -D {data} -A trust --locale={locale}'"
    " && echo 'host all all all trust' >> {data}/pg_hba.conf",
    stop_signal="SIGINT",  # SIGTERM waits for clients to leave
)
_MARIADB = Known(
    packages=r"(mariadb-server|default-mysql-server)(-[\d.]+)?",
    start="/usr/sbin/mariadbd --datadir={data} --port={port} --bind-address={host} --socket=/tmp/mariadb.sock"
    " --pid-file=/tmp/mariadb.pid --skip-name-resolve",
    client="mariadb -h 127.0.0.1 -P {port} -u root",
    ready="mariadb-admin -h 127.0.0.1 -P {port} -u root --silent ping",
    port=3306,
    data="/var/lib/backfit/mariadb",
    user="mysql",
    prepare="rm -rf /var/lib/mysql/* && install -d -o mysql -g mysql -m 700 {data}"
    " && mariadb-install-db --user=mysql --datadir={data} --auth-root-authentication-method=normal --skip-test-db"
    " && printf '%s;\\n' 'FLUSH PRIVILEGES' \"CREATE USER root@'%'\" \"GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION\""
    " | /usr/sbin/mariadbd --bootstrap --user=mysql --datadir={data}",
)
_REDIS = Known(
    packages=r"redis(-server)?",
    start="redis-server --bind {host} --port {port} --protected-mode no --dir {data} --save '3600 1'",
    client="redis-cli -p {port}",
    ready="sh -c 'redis-cli -p {port} ping | grep -q PONG'",  # it answers while it loads as well
    port=6379,
    data="/var/lib/backfit/redis",
    user="redis",
    prepare="install -d -o redis -g redis -m 700 {data}",
)

NOTHING = Known(packages="", start="", client="", ready="", port=0, data="", user="", prepare="", stop_signal="")
"""What is known of any other."""
KNOWN = {"postgresql": _POSTGRESQL, "mariadb-server": _MARIADB, "redis-server": _REDIS}
"""By the package that people name."""


def known(packages: Sequence[str]) -> Known | None:
    """What is known of the service that these Debian packages (name or name=version) are, if anything is."""
    names = [package.partition("=")[0] for package in packages]
    found = (each for each in KNOWN.values() if any(re.fullmatch(each.packages, n) for n in names))
    return next(found, None)
