// Standing between a page's own API (`window.System`) and whoever calls it. `interpose(name, lexical, hooks)` puts a proxy in
// its place, now or when it appears; `hooks.call`, `hooks.get` and `hooks.lost` say what becomes of what is asked of it.
const hostNatives = {
  defineProperty: Object.defineProperty, getOwnPropertyDescriptor: Object.getOwnPropertyDescriptor,
  getPrototypeOf: Object.getPrototypeOf, toString: Function.prototype.toString,
};
const hostScope = globalThis;
const originals = new WeakMap(); // proxy -> what it stands for
const STANDING = Symbol.for('backfit.standing'); // on an accessor: all of ours that stand behind one another there
const HOST_DEEPEST = 64; // levels of a value that are looked at
const HOST_MOST = 100_000; // lists and objects of a value that are looked at

const originalOf = (value) => (isReference(value) && originals.has(value) ? originals.get(value) : value);
const isReference = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
const isNative = (made) => typeof made === 'function' && Reflect.apply(hostNatives.toString, made, []).includes('[native code]');

// Whether an object is the browser's or JavaScript's own (a Date, a Map, a node, a promise): it is handed on as it is.
function isBuiltIn(value) {
  if (typeof value === 'function') return false;
  if (typeof Node !== 'undefined' && value instanceof Node) return true;
  for (let kind = hostNatives.getPrototypeOf(value); kind !== null; kind = hostNatives.getPrototypeOf(kind)) {
    const own = hostNatives.getOwnPropertyDescriptor(kind, 'constructor');
    if (own) return isNative(own.value) && own.value.name !== 'Object' && own.value.name !== 'Array';
  }
  return false;
}

// Whether something inside can be called, so that it is part of the API and not data. What is very large counts as data.
function isApi(value, seen = new Set()) {
  if (typeof value === 'function') return true;
  if (!isReference(value) || seen.has(value) || seen.size >= HOST_MOST || isBuiltIn(value)) return false;
  seen.add(value);
  if (!Array.isArray(value) && methodsOf(value, { foreign: () => null }).size) return true;
  return Object.keys(value).some((name) => isApi(value[name], seen));
}

// A value as JSON shows it, built by `build`: what has no place there is a placeholder, an object of one member.
function shown(value, build, seen = [], budget = { left: HOST_MOST }) {
  const foreign = (name, what) => build.foreign(value, name, what);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? build.number(value) : foreign('$number', String(value));
  if (typeof value === 'bigint' || typeof value === 'symbol') return foreign(`$${typeof value}`, String(value));
  if (typeof value === 'function') return foreign('$function', value.name || '');
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : build.date(value, value.toISOString());
  if (value instanceof Error) return foreign('$error', `${value.name}: ${value.message}`);
  if (typeof Node !== 'undefined' && value instanceof Node) return foreign('$node', value.nodeName);
  if (isBuiltIn(value)) return foreign('$object', Object.prototype.toString.call(value).slice(8, -1));
  if (seen.includes(value)) return foreign('$cycle', seen.length - seen.indexOf(value));
  budget.left -= 1;
  if (seen.length >= HOST_DEEPEST || budget.left < 0) return foreign('$deep', seen.length);
  const within = [...seen, value];
  if (Array.isArray(value)) return build.list(Array.from(value, (item) => shown(item, build, within, budget)));
  const method = (inner) => build.foreign(inner.bind(value), '$function', inner.name);
  const item = (inner) => (typeof inner === 'function' ? method(inner) : shown(inner, build, within, budget));
  const told = Object.keys(value).filter((name) => value[name] !== undefined).map((name) => [name, item(value[name])]);
  return build.object([...told, ...methodsOf(value, build)]);
}

// What a class gives its objects to be called: it is as much of their form as their data.
function methodsOf(value, build) {
  const found = new Map();
  let kind = hostNatives.getPrototypeOf(value);
  while (kind && !isNative((hostNatives.getOwnPropertyDescriptor(kind, 'constructor') || {}).value)) {
    for (const name of Object.getOwnPropertyNames(kind)) {
      const { value: method } = hostNatives.getOwnPropertyDescriptor(kind, name);
      if (typeof method === 'function' && name !== 'constructor' && !Object.hasOwnProperty.call(value, name)) {
        found.set(name, build.foreign(method.bind(value), '$function', name));
      }
    }
    kind = hostNatives.getPrototypeOf(kind);
  }
  return found;
}

const hostUrl = (path) => `host-api://page/${path.map(encodeURIComponent).join('/')}`;

// What a page is given in the place of `value`, which stands at `path` of the API: `of` is the call that gave it.
function standIn(value, path, hooks, of = null) {
  if (!isReference(value) || originals.has(value)) return value;
  const known = hooks.proxies.get(value);
  if (known) return known;
  const shadow = typeof value === 'function' ? function () {} : Array.isArray(value) ? [] : {};
  const proxy = new Proxy(shadow, trapsOf(value, { path, of }, hooks));
  hooks.proxies.set(value, proxy);
  originals.set(proxy, value);
  return proxy;
}

function trapsOf(value, place, hooks) {
  const at = (key) => ({ path: [...place.path, key], of: place.of });
  return {
    get(shadow, key) {
      if (typeof key !== 'string' || isInherited(value, key)) return Reflect.get(value, key, value);
      const inner = at(key);
      const isThere = key in value;
      const found = isThere ? Reflect.get(value, key, value) : hooks.missing(inner);
      return isApi(found) ? standIn(found, inner.path, hooks, inner.of) : hooks.get(inner, found, isThere);
    },
    has: (shadow, key) => key in value || hooks.missing(at(String(key))) !== undefined,
    set: (shadow, key, item) => Reflect.set(value, key, originalOf(item), value),
    deleteProperty: (shadow, key) => Reflect.deleteProperty(value, key),
    defineProperty: (shadow, key, item) => Reflect.defineProperty(value, key, item),
    getPrototypeOf: () => hostNatives.getPrototypeOf(value),
    setPrototypeOf: (shadow, kind) => Reflect.setPrototypeOf(value, kind),
    ownKeys: () => [...new Set([...Reflect.ownKeys(value), ...(typeof value === 'function' ? ['prototype'] : [])])],
    getOwnPropertyDescriptor(shadow, key) {
      const own = hostNatives.getOwnPropertyDescriptor(shadow, key);
      const found = hostNatives.getOwnPropertyDescriptor(value, key) || own;
      return found && !own ? { ...found, configurable: true } : found;
    },
    apply(shadow, self, given) {
      const owner = originalOf(self);
      return hooks.call(place, (args) => Reflect.apply(value, owner, args), given.map(originalOf));
    },
    construct(shadow, given, target) {
      const kind = originals.has(target) ? originals.get(target) : target;
      return hooks.call(place, (args) => Reflect.construct(value, args, kind), given.map(originalOf), { made: true });
    },
  };
}

// What every object has (`toString`, a list's `map`) is no part of an API; nor is `then`, which promises are known by.
function isInherited(value, key) {
  if (key === 'constructor' || key === 'prototype' || (key === 'then' && !('then' in value))) return true;
  if (key in Object.prototype && !Object.prototype.hasOwnProperty.call(value, key)) return true;
  return (Array.isArray(value) && key in Array.prototype) || (typeof value === 'function' && key in Function.prototype);
}

// A proxy in the place of a global. Its accessor passes on to what stood there, so that two of us stand behind one another.
function stand(name, hooks) {
  const was = hostNatives.getOwnPropertyDescriptor(hostScope, name);
  const behind = (was && was.get && was.get[STANDING]) || [];
  if (behind.includes(hooks)) return;
  const wrapped = (value) => (isReference(value) ? standIn(value, [name], hooks) : value);
  if (was && !was.configurable) {
    if (was.writable && wrapped(was.value) !== was.value) hostScope[name] = wrapped(was.value); // `function System() {}`
    return;
  }
  let held = was && 'value' in was ? was.value : undefined;
  const accessors = {
    get: () => wrapped(was && was.get ? Reflect.apply(was.get, hostScope, []) : held),
    set: (value) => {
      if (was && was.set) Reflect.apply(was.set, hostScope, [originalOf(value)]);
      else held = originalOf(value);
    },
  };
  accessors.get[STANDING] = [...behind, hooks];
  hostNatives.defineProperty(hostScope, name, { configurable: true, enumerable: true, ...accessors });
}

// `const System`, `let System` and `class System` hide the global of that name. A constant is wrapped method by method.
function standBefore(name, lexical, hooks) {
  const value = lexical.get();
  if (!isReference(value) || originals.has(value) || value === originalOf(hostScope[name]) || hooks.settled.has(value)) return;
  hooks.settled.add(value);
  try {
    lexical.set(standIn(value, [name], hooks));
  } catch (error) {
    wrapMethods(value, [name], hooks); // a constant
  }
}

function wrapMethods(value, path, hooks) {
  const names = new Set([...Object.keys(value), ...methodsOf(value, { foreign: () => null }).keys()]);
  let kept = Object.isFrozen(value);
  for (const name of kept ? [] : names) {
    const inner = value[name];
    if (!isApi(inner)) continue;
    const own = hostNatives.getOwnPropertyDescriptor(value, name);
    const made = { configurable: true, writable: true, enumerable: true, ...own, value: standIn(inner, [...path, name], hooks) };
    kept = !Reflect.defineProperty(value, name, made) || kept;
  }
  if (kept) hooks.lost(path, 'a constant of the page that cannot be changed: its calls cannot be recorded');
}

// Scripts run one after the other: each may bring the API, so each is followed by a look. Watching the document is the only way
// to run before a script that the parser meets.
function interpose(name, lexical, hooks) {
  const settle = () => {
    stand(name, hooks);
    if (lexical) standBefore(name, lexical, hooks);
  };
  settle();
  const defined = Object.defineProperty;
  Object.defineProperty = {
    defineProperty(target, key, description) {
      const isOurs = target === hostScope && key === name;
      const made = Reflect.apply(defined, Object, [target, key, isOurs ? { ...description, configurable: true } : description]);
      if (isOurs) stand(name, hooks);
      return made;
    },
  }.defineProperty;
  for (const method of ['freeze', 'seal', 'preventExtensions', 'isFrozen', 'isSealed', 'isExtensible']) {
    const own = Object[method];
    Object[method] = { [method]: (value) => {
      const done = Reflect.apply(own, Object, [originalOf(value)]);
      return typeof done === 'boolean' ? done : value;
    } }[method];
  }
  if (typeof document === 'undefined') return;
  const watch = new MutationObserver(settle);
  watch.observe(document, { childList: true, subtree: true });
  document.addEventListener('load', settle, true);
  document.addEventListener('DOMContentLoaded', settle);
  hostScope.addEventListener('load', () => { settle(); watch.disconnect(); });
}

// The shape of hooks: what stands in for what, and what to do. `call(place, run, args)` gives what the caller gets.
const hooksOf = (own) => ({
  proxies: new WeakMap(), settled: new WeakSet(),
  get: (place, value) => value, missing: () => undefined, lost: () => undefined, ...own,
});
