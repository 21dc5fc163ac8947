"""What makes values of JSON texts and the reverse: a value made of a text that an answer gave is tracked."""

from __future__ import annotations

import functools
from typing import Any, Callable

from ..notebook import SERIALISED
from ..texts import decoded, written
from ..tracking import handed_on, plain


def _decoder(module: Any) -> None:
    """`JSONDecoder.decode`, by which `loads` and `load` go too."""
    module.JSONDecoder.decode = _decoding(module.JSONDecoder.decode, 1)


def _encoder(module: Any) -> None:
    """`JSONEncoder.encode`, by which `dumps` goes too. What it writes is seen where it goes through the values."""
    encode = module.JSONEncoder.encode

    @functools.wraps(encode)
    def encoded(self: Any, value: Any, *more: Any, **named: Any) -> Any:
        text = encode(self, value, *more, **named)
        written(text, value)
        return text

    module.JSONEncoder.encode = encoded


def _compiled(*names: str) -> Callable[[Any], None]:
    """A module in C, whose functions of these names decode (`loads`, `decode`) or write what they go through unseen."""

    def patch(module: Any) -> None:
        for name in names:
            function = getattr(module, name)
            decodes = name in ("loads", "decode")
            setattr(module, name, _decoding(function, 0) if decodes else _writing(function))

    return patch


def _decoding(decode: Callable[..., Any], place: int) -> Callable[..., Any]:
    """`decode` takes its text as the argument at `place`."""

    @functools.wraps(decode)
    def decoding(*given: Any, **named: Any) -> Any:
        value = decode(*given, **named)
        return decoded(given[place], value) if len(given) > place else value

    return decoding


def _writing(write: Callable[..., Any]) -> Callable[..., Any]:
    """It may refuse what is no plain dict, so it is given one."""

    @functools.wraps(write)
    def writing(*given: Any, **named: Any) -> Any:
        if not given:
            return write(**named)
        value = plain(given[0])
        if value is not given[0]:
            handed_on(given[0], SERIALISED)
        text = write(value, *given[1:], **named)
        written(text, given[0])
        return text

    return writing


PATCHES: dict[str, Callable[[Any], None]] = {
    "json.decoder": _decoder,
    "json.encoder": _encoder,
    "simplejson.decoder": _decoder,
    "simplejson.encoder": _encoder,
    "orjson": _compiled("loads", "dumps"),
    "ujson": _compiled("loads", "dumps", "decode", "encode"),
    "rapidjson": _compiled("loads", "dumps"),
    "marshal": _compiled("dumps"),
}
