"""A scenario that asks a page what browser it is in, where it takes itself to be, and which scripts it can draw.

The page has the system's address but is ours: what a system has at `/` may be nothing, or let no script in. It calls the
system once, so that the headers that a page sends can be seen.
"""

from __future__ import annotations

from typing import Any

ASK = """async () => {
  const draw = text => {
    const canvas = document.createElement('canvas');
    canvas.width = 64; canvas.height = 32;
    const context = canvas.getContext('2d');
    context.font = '24px sans-serif';
    context.fillText(text, 2, 24);
    return canvas.toDataURL();
  };
  await fetch('/', {signal: AbortSignal.timeout(10000)}).catch(() => {});
  const box = draw('\\u{2FFFD}');
  const agent = navigator.userAgentData;
  const hints = agent ? await agent.getHighEntropyValues(
    ['fullVersionList', 'platform', 'platformVersion', 'architecture']) : {};
  const intl = Intl.DateTimeFormat().resolvedOptions();
  return {
    userAgent: navigator.userAgent,
    brands: (hints.fullVersionList || []).map(each => [each.brand, each.version]),
    platform: hints.platform || '',
    language: navigator.language,
    languages: navigator.languages.join(','),
    zone: intl.timeZone,
    locale: intl.locale,
    now: Date.now() / 1000,
    viewport: `${innerWidth}x${innerHeight}`,
    pixels: devicePixelRatio,
    fonts: {
      cjk: draw('\\u6F22') !== box, arabic: draw('\\u0639') !== box, emoji: draw('\\u{1F600}') !== box,
    },
  };
}"""
"""U+2FFFD is assigned to nothing, so no font has it: what is drawn like it is the box of a missing glyph."""


_HTML = "<!doctype html><meta charset=utf-8><title>asked</title>"


def run(page: Any, system: Any) -> dict[str, Any]:
    """The answers of a page of the system's origin."""
    address = system.url + "/backfit-doctor"
    page.route(address, lambda route: route.fulfill(body=_HTML, content_type="text/html"))
    page.goto(address)
    return {"answers": page.evaluate(ASK), "headline": "asked"}
