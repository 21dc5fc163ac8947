// The natives as they were before any script of the page ran, and the ways in which we stand in front of them.

const scope = globalThis;
const HANDLE = Symbol.for("backfit.reads");
const natives = {
  Error, Map, Promise, Proxy, Set, URL, WeakMap,
  parse: JSON.parse,
  stringify: JSON.stringify,
  assign: Object.assign,
  isArray: Array.isArray,
  keys: Object.keys,
  prototypeOf: Object.getPrototypeOf,
  withPrototype: Object.setPrototypeOf,
  describe: Object.getOwnPropertyDescriptor,
  define: Object.defineProperty,
  isExtensible: Object.isExtensible,
  textOf: Function.prototype.toString,
  owns: Object.prototype.hasOwnProperty,
  tag: Object.prototype.toString,
  later: scope.queueMicrotask && scope.queueMicrotask.bind(scope),
  after: scope.setTimeout && scope.setTimeout.bind(scope),
  TextDecoder: scope.TextDecoder,
  Blob: scope.Blob,
  Response: scope.Response,
  bytesOfBlob: scope.Blob && scope.Blob.prototype.arrayBuffer,
  fetch: scope.fetch && scope.fetch.bind(scope),
};
const { apply, construct, ownKeys } = Reflect;
const { get: valueOf, has: isIn, set: setOn, deleteProperty, defineProperty, getOwnPropertyDescriptor } = Reflect;
const objectPrototype = Object.prototype;
const listPrototype = Array.prototype;

const isContainer = (value) => value !== null && typeof value === "object";
const owns = (holder, name) => apply(natives.owns, holder, [name]);
const begin = position(natives.Error); // where our own script begins, but for what has just been said

/** Put `traps` of a Proxy in front of the function or class `owner[name]`: it keeps name, length, text and statics. */
function stand(owner, name, traps) {
  const found = owner && natives.describe(owner, name);
  if (found && typeof found.value === "function") {
    const value = new natives.Proxy(found.value, traps);
    redefine(owner, name, { ...found, value });
    if (traps.construct) redefine(value.prototype, "constructor", { value, writable: true, configurable: true });
  }
}

/** Have `seen(self, value)` say what a getter of `owner` gives. */
function standAtGetter(owner, name, seen) {
  const found = owner && natives.describe(owner, name);
  if (found && found.get) {
    const traps = { apply: (get, self, args) => seen(self, apply(get, self, args)) };
    redefine(owner, name, { ...found, get: new natives.Proxy(found.get, traps) });
  }
}

function redefine(owner, name, description) {
  try {
    natives.define(owner, name, description);
  } catch (error) {
    tell(`${name} cannot be watched: ${error && error.message}`); // it was frozen before us
  }
}

/** What the native getter gives, whatever stands in front of it now; undefined where there is none. */
function getter(owner, name) {
  const found = owner && natives.describe(owner, name);
  const get = found && found.get;
  return (self) => (get ? apply(get, self, []) : undefined);
}
