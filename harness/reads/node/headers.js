// The headers of answers that came through the http module: a plain object, which many a library copies into one of its own.

const CARRIERS = new RegExp(settings.carriers);

/** The script that asks for what is being watched; undefined where Node itself looks. */
function asker() {
  const asking = (sites(natives.Error, SHALLOW) || []).map(described).find((frame) => frame.url && !isOurs(frame));
  return asking && !asking.url.startsWith("node:") ? asking.url : undefined;
}

/** Notes which headers are asked for by name. Going through all of them is no reading of each. */
class HeaderTraps {
  constructor(target, source) {
    this.target = target;
    this.source = source;
    this.place = source.part("header *"); // that all of them were handed on
    this.walk = [];
  }

  get(target, name, receiver) {
    if (this.walk[0] === name) this.walk.shift();
    else this.asked(name, owns(target, name) ? READ : MISSING);
    return Reflect.get(target, name, receiver);
  }

  has(target, name) {
    this.asked(name, TESTED);
    return Reflect.has(target, name);
  }

  asked(name, op) {
    if (typeof name !== "string" || PROBES.has(name)) return;
    const asking = asker();
    if (asking && !CARRIERS.test(asking)) noteHeader(this.source, name, op);
  }

  ownKeys(target) {
    this.walk = natives.keys(target);
    if (asker()) this.walk.forEach((name) => noteHeader(this.source, name, ENUMERATED));
    return Reflect.ownKeys(target);
  }
}

const trackedHeaders = new natives.WeakMap();

/** `headers` of `source`, tracked: the same object each time. */
function headersOfSource(headers, source) {
  if (!isContainer(headers) || tracked.has(headers)) return headers;
  if (!trackedHeaders.has(headers)) {
    const traps = new HeaderTraps(headers, source);
    const proxy = new natives.Proxy(headers, traps);
    tracked.set(proxy, traps);
    trackedHeaders.set(headers, proxy);
  }
  return trackedHeaders.get(headers);
}
