"""aiohttp: its client's responses. Their headers are a mapping in C, so a response gets one of a class of our own instead."""

from __future__ import annotations

from typing import Any

from ..following import answer_by, awaited_body, status, stream_attribute
from ..header_reads import touch_all_headers, touch_header
from ..notebook import MISSING, READ, TESTED


def _client(module: Any) -> None:
    response = module.ClientResponse
    answer_of = answer_by(lambda found: (found.method, str(found.url)))
    for name in ("read", "text"):
        awaited_body(response, name, answer_of)
    status(response, "status", answer_of)
    stream_attribute(response, "content", answer_of)
    _follow_headers(response, _headers_class(module.CIMultiDictProxy), answer_of)


def _follow_headers(response: Any, kind: Any, answer_of: Any) -> None:
    """`headers` gives the same object each time, as it did."""
    found = vars(response)["headers"]

    def headers(self: Any) -> Any:
        given = found.__get__(self, type(self))
        if given is None:
            return None
        tracked = self.__dict__.get("_backfit_headers")
        if tracked is None:
            tracked = self.__dict__["_backfit_headers"] = kind(given)
            tracked.answer = answer_of(self)
        return tracked

    response.headers = property(headers)


def _headers_class(proxy: Any) -> Any:
    """A class of headers that tell which of them are asked for by name."""

    class Headers(proxy):  # type: ignore[misc]
        answer = None

        def __getitem__(self, name: Any) -> Any:
            self._asked(name)
            return super().__getitem__(name)

        def get(self, name: Any, default: Any = None) -> Any:
            self._asked(name)
            return super().get(name, default)

        def getone(self, name: Any, *default: Any) -> Any:
            self._asked(name)
            return super().getone(name, *default)

        def getall(self, name: Any, *default: Any) -> Any:
            self._asked(name)
            return super().getall(name, *default)

        def __contains__(self, name: Any) -> bool:
            touch_header(self.answer, name, TESTED)
            return bool(super().__contains__(name))

        def __iter__(self) -> Any:
            touch_all_headers(self.answer, list(super().__iter__()))
            return super().__iter__()

        def keys(self) -> Any:
            touch_all_headers(self.answer, list(super().__iter__()))
            return super().keys()

        def items(self) -> Any:
            touch_all_headers(self.answer, list(super().__iter__()))
            return super().items()

        def _asked(self, name: Any) -> None:
            touch_header(self.answer, name, READ if super().__contains__(name) else MISSING)

    Headers.__name__ = Headers.__qualname__ = proxy.__name__
    Headers.__module__ = proxy.__module__
    return Headers


PATCHES = {"aiohttp.client_reqrep": _client}
