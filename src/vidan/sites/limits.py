"""What is too big is refused before it is read into memory or onto the disk."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_PIECE = 1024 * 1024
_DRAINED_AT_MOST = 3 * 1024**3


class RequestSizeMiddleware:
    """Answers 413 to a request over the limit, after draining it.

    Drained (and thrown away piece by piece) because a server that answers while the browser is
    still sending shows the person a broken connection instead of the explanation.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= settings.VIDAN_MAX_REQUEST:
            return self.get_response(request)
        from vidan.sites.errors import too_large

        stream, left = request.META["wsgi.input"], min(length, _DRAINED_AT_MOST)
        while left > 0:
            piece = stream.read(min(_PIECE, left))
            if not piece:
                break
            left -= len(piece)
        return too_large(request)
