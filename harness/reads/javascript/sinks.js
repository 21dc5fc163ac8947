// What takes no proxies: it is given a copy, and what was tracked counts as handed on.

const REFUSING = {
  "": ["postMessage"],
  ...{ Worker: ["postMessage"], MessagePort: ["postMessage"], BroadcastChannel: ["postMessage"] },
  ...{ ServiceWorker: ["postMessage"], Client: ["postMessage"] },
  ...{ IDBObjectStore: ["put", "add"], IDBCursor: ["update"], History: ["pushState", "replaceState"] },
  ServiceWorkerRegistration: ["showNotification"],
};
const SERIALISING = [
  ...[["storage", "local", "set"], ["storage", "session", "set"], ["storage", "sync", "set"]],
  ...[["runtime", "sendMessage"], ["tabs", "sendMessage"], ["scripting", "executeScript"]],
];

function followSinks() {
  for (const name of natives.keys(REFUSING)) {
    const owner = name ? scope[name] && scope[name].prototype : scope;
    REFUSING[name].forEach((method) => stand(owner, method, { apply: handedOn }));
  }
  stand(scope, "structuredClone", { apply: cloned });
  const chrome = scope.chrome || {};
  for (const path of SERIALISING) {
    const owner = path.slice(0, -1).reduce((at, name) => (at || {})[name], chrome);
    stand(owner, path[path.length - 1], { apply: writtenByChrome });
  }
  for (const name of ["debug", "dir", "error", "info", "log", "table", "warn"]) stand(scope.console, name, { apply: printed });
}

const isRefusal = (error) => isContainer(error) && error.name === "DataCloneError";

/** Natives say themselves when there is a proxy in what they are given. Nothing was done then. */
function handedOn(sink, self, args) {
  try {
    return apply(sink, self, args);
  } catch (error) {
    if (!isRefusal(error) || !exported(args)) throw error;
    return apply(sink, self, unwrap(args));
  }
}

function exported(args) {
  const found = trackedIn(args);
  found.forEach((proxy) => note(tracked.get(proxy).place, EXPORTED));
  return found.size > 0;
}

/** A console would name the proxy, and nobody is answered. */
function printed(print, self, args) {
  return apply(print, self, trackedIn(args).size ? unwrap(args) : args);
}

/** Chrome's own functions write JSON, or make what they can of a proxy. */
function writtenByChrome(send, self, args) {
  return apply(send, self, exported(args) ? unwrap(args) : args);
}

/** A clone of what is tracked is tracked. */
function cloned(clone, self, args) {
  try {
    return apply(clone, self, args);
  } catch (error) {
    if (!isRefusal(error) || !trackedIn(args).size) throw error;
    return tracking(args[0], apply(clone, self, unwrap(args)));
  }
}

/** `copy`, tracked where `original` is. */
function tracking(original, copy) {
  if (!isContainer(original)) return copy;
  if (tracked.has(original)) return wrap(copy, tracked.get(original).place);
  if (isPlain(original)) natives.keys(original).forEach((name) => put(copy, name, tracking(owned(original, name), owned(copy, name))));
  return copy;
}

/** A copy of `value` in which nothing is tracked; objects of classes become what structured cloning makes of them. */
function unwrap(value, copies = new natives.Map()) {
  if (!isContainer(value)) return value;
  if (copies.has(value)) return copies.get(value);
  const inner = tracked.has(value) ? tracked.get(value).target : value;
  const kind = kindOf(inner);
  const copy = EMPTY[kind] ? EMPTY[kind](inner) : value;
  copies.set(value, copy);
  const again = (each) => unwrap(each, copies);
  if (kind === "Map") inner.forEach((member, key) => copy.set(again(key), again(member)));
  else if (kind === "Set") inner.forEach((member) => copy.add(again(member)));
  else if (EMPTY[kind]) natives.keys(inner).forEach((name) => put(copy, name, again(owned(inner, name))));
  return copy;
}

const EMPTY = {
  __proto__: null,
  Array: (value) => new Array(value.length),
  Map: () => new natives.Map(),
  Object: () => ({}),
  Set: () => new natives.Set(),
};
const kindOf = (value) => (natives.isArray(value) ? "Array" : apply(natives.tag, value, []).slice(8, -1));

/** Every tracked value in `value`, the outermost of each. */
function trackedIn(value, found = new natives.Set(), met = new natives.Set()) {
  if (!isContainer(value) || met.has(value)) return found;
  met.add(value);
  if (tracked.has(value)) return found.add(value);
  const kind = kindOf(value);
  const again = (each) => trackedIn(each, found, met);
  if (kind === "Map") value.forEach((member, key) => [key, member].forEach(again));
  else if (kind === "Set") value.forEach(again);
  else if (EMPTY[kind]) natives.keys(value).forEach((name) => again(owned(value, name)));
  return found;
}
