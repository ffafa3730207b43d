"""What the tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from django.urls import clear_url_caches


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="session", autouse=True)
def static_root() -> Path:
    """WhiteNoise warns where nothing was collected yet; an empty directory is fine for tests."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return root


@pytest.fixture(scope="module")
def design_site() -> Iterator[str]:
    """The design page on a server of its own, without a database; its address."""
    with override_settings(ROOT_URLCONF="tests.sites.design_urls"):
        clear_url_caches()
        server = Server(("127.0.0.1", 0), QuietHandler)
        server.set_app(WSGIHandler())
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()
    clear_url_caches()
