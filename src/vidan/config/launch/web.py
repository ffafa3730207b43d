"""How gunicorn serves our pages (read by gunicorn as its configuration).

No preload: every worker opens its own pool of database connections, after the fork.
"""

from __future__ import annotations

import os
from typing import Any

from vidan.config import env

worker_class = "gthread"
workers = env.number("VIDAN_WEB_WORKERS", 2)
threads = env.number("VIDAN_WEB_THREADS", 4)
timeout = 60
graceful_timeout = 10
keepalive = 5
errorlog = "-"
loglevel = "warning"
# Heartbeat files on a disk can block a worker for as long as the disk does.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True


def worker_exit(server: Any, worker: Any) -> None:
    """Close the pool before the process goes, so that its threads end in order."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()
