// Answers as proxies that note how they are touched. Every nested one is made at once and stored in its parent, so that an answer
// stays what it was to whoever compares, sorts, freezes or copies it.

const DEEPEST = 200; // levels that are tracked
const MOST_CONTAINERS = 200000; // lists and objects of one answer that are tracked
// What engines and frameworks ask of every object there is: nobody expects an answer to have it.
const PROBES = new natives.Set([
  ...["then", "toJSON", "constructor", "valueOf", "toString", "nodeType", "jquery", "window", "$$typeof", "asymmetricMatch"],
  ...["__v_isRef", "__v_skip", "__v_raw", "__v_isReactive", "__v_isReadonly", "__v_isShallow", "_isVue", "__ob__", "__wrapped__", "length"],
]);

const tracked = sharedTracked() || new natives.WeakMap(); // a proxy to its traps
let serialising = null; // the touches of the JSON.stringify that is running
let open = []; // traps of objects whose members are being gone through

/** That of the page that opened this one or holds it in a frame: values wander between their scopes. */
function sharedTracked() {
  for (const other of [scope.parent, scope.opener]) {
    try {
      if (other && other !== scope && other[HANDLE]) return other[HANDLE].tracked;
    } catch (error) {
      continue; // of another origin
    }
  }
  return undefined;
}

/** `value` as a proxy that notes at `place`; lists and objects that no JSON text gives are left as they are. */
function wrap(value, place, budget = { left: MOST_CONTAINERS }, depth = 0) {
  if (!isPlain(value)) return value;
  budget.left -= 1;
  if (depth > DEEPEST || budget.left < 0 || !natives.isExtensible(value)) {
    place.isClosed = true;
    return value;
  }
  const isList = natives.isArray(value);
  if (isList) {
    for (let at = 0; at < value.length; at += 1) {
      if (isContainer(value[at])) value[at] = wrap(value[at], place.each(), budget, depth + 1);
    }
  } else {
    for (const name of natives.keys(value)) {
      const child = owned(value, name);
      if (isContainer(child)) put(value, name, wrap(child, place.member(name), budget, depth + 1));
    }
  }
  const traps = isList ? new ListTraps(value, place) : new ObjectTraps(value, place);
  const proxy = new natives.Proxy(value, traps);
  traps.proxy = proxy;
  tracked.set(proxy, traps);
  return proxy;
}

/** `value` as it is taken out of an answer: tracked, or read at once where there is nothing to track. */
function taken(value, place, said = testimony(place, READ)) {
  if (isPlain(value)) return wrap(value, place);
  note(place, READ, said);
  return value;
}

function isPlain(value) {
  if (!isContainer(value) || tracked.has(value)) return false;
  const prototype = natives.prototypeOf(value);
  return prototype === objectPrototype || prototype === listPrototype || prototype === null;
}

// A member may be called `__proto__`: JSON.parse makes an ordinary member of it, and so must we.
const owned = (holder, name) => (name === "__proto__" ? natives.describe(holder, name).value : holder[name]);

function put(holder, name, value) {
  if (name !== "__proto__") holder[name] = value;
  else natives.define(holder, name, { value, writable: true, enumerable: true, configurable: true });
}

function isIndex(name) {
  const code = name.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** A read of a place, or its being written out where JSON.stringify is what reads. */
function touch(place) {
  if (serialising) serialising.push(place);
  else note(place, READ);
  if (place.isClosed) note(place, EXPORTED);
}

class ListTraps {
  constructor(target, place) {
    this.target = target;
    this.place = place;
    this.proxy = null;
  }

  get(target, name, receiver) {
    if (name === "length" || name === Symbol.iterator) {
      if (!serialising && this.place === this.place.source.root) note(this.place, READ);
    } else if (typeof name === "string" && isIndex(name) && owns(target, name)) {
      touch(this.place.each());
    }
    return valueOf(target, name, receiver);
  }
}

class ObjectTraps {
  constructor(target, place) {
    this.target = target;
    this.place = place;
    this.proxy = null;
    this.walk = null;
    this.written = null; // names that the plugin itself gave a value
  }

  get(target, name, receiver) {
    if (typeof name === "string" && !(this.written && this.written.has(name))) this.seen(target, name);
    return valueOf(target, name, receiver);
  }

  seen(target, name) {
    if (owns(target, name)) {
      const place = this.place.member(name);
      if (serialising || !(this.walk && this.walk.meets(name))) touch(place);
      else if (this.walk.isOver) this.settle();
    } else if (!(name in target) && !PROBES.has(name) && !serialising) {
      note(this.place.member(name), MISSING);
    }
  }

  has(target, name) {
    this.tests(name);
    return isIn(target, name);
  }

  getOwnPropertyDescriptor(target, name) {
    if (this.walk) this.walk.describes(name);
    else this.tests(name);
    return getOwnPropertyDescriptor(target, name);
  }

  tests(name) {
    if (typeof name === "string" && !serialising && !PROBES.has(name)) note(this.place.member(name), TESTED);
  }

  ownKeys(target) {
    const names = ownKeys(target);
    this.settle();
    if (!serialising) {
      this.walk = new Walk(names, testimony(this.place, ENUMERATED));
      if (open.push(this) === 1) natives.later(settle);
    }
    return names;
  }

  set(target, name, value, receiver) {
    this.writes(name);
    return setOn(target, name, value, receiver === this.proxy ? target : receiver);
  }

  defineProperty(target, name, description) {
    if ("value" in description) this.writes(name); // an accessor may well give what stood there, as Vue 2 has it
    return defineProperty(target, name, description);
  }

  deleteProperty(target, name) {
    this.writes(name);
    return deleteProperty(target, name);
  }

  writes(name) {
    if (!this.written) this.written = new natives.Set();
    this.written.add(name);
  }

  /** Say what the walk over the members came to. */
  settle() {
    const { walk } = this;
    this.walk = null;
    if (!walk) return;
    walk.ops().forEach((op, name) => {
      if (typeof name === "string" && !(this.written && this.written.has(name))) note(this.place.member(name), op, walk.said);
    });
  }
}

/** One walk over an object's names, begun by ownKeys: a copy, a loop, or a few members picked from among all. */
class Walk {
  constructor(names, said) {
    this.names = names;
    this.said = said;
    this.at = 0;
    this.met = new natives.Set();
    this.offered = new natives.Set(); // names whose descriptor was asked for: Object.keys does so, a loop does so one by one
    this.described = undefined; // spread and Object.assign ask for a member's descriptor just before its value
    this.isCopy = true;
  }

  describes(name) {
    this.offered.add(name);
    this.described = name;
  }

  /** Whether a read of `name` is a step of the walk. */
  meets(name) {
    if (this.described === name) {
      this.at = this.names.indexOf(name, this.at) + 1;
    } else if (this.names[this.at] === name) {
      this.isCopy = false;
      this.at += 1;
    } else {
      return false;
    }
    this.described = undefined;
    this.met.add(name);
    return true;
  }

  get isOver() {
    return this.at >= this.names.length;
  }

  /** What each name comes to: `{a, ...rest}` leaves out what it does not even offer. */
  ops() {
    const isLeftOut = (name) => this.isCopy && !this.offered.has(name);
    const isWhole = this.names.every((name) => this.met.has(name) || isLeftOut(name));
    const met = !isWhole ? READ : this.isCopy ? COPIED : ENUMERATED;
    const told = this.met.size && isWhole ? this.names.filter((name) => this.met.has(name)) : this.names;
    return new natives.Map(told.map((name) => [name, this.met.has(name) ? met : ENUMERATED]));
  }
}

/** Every walk that is not over yet ends here, with the turn. */
function settle() {
  const walking = open;
  open = [];
  for (const traps of walking) traps.settle();
}
