// What was touched, counted: a source is a method and a URL, a place is a node in the tree of what its answers hold.

const OPS = ["read", "copied", "enumerated", "serialised", "tested", "missing", "exported"];
const [READ, COPIED, ENUMERATED, SERIALISED, TESTED, MISSING, EXPORTED] = OPS.keys();
const MOST_SOURCES = 2000; // kept for later calls; a source that is dropped lives on in the answers that it gave
const MOST_CHILDREN = 1000; // different names below a place: more are a map, told as `.*`
const MOST_WITNESSES = 3; // calls told for a place and op
const MOST_CHECKS = 32; // stacks taken in one turn for one place
const SIMPLE = /^[A-Za-z_]\w*$/;

const sources = new natives.Map();
const notes = new natives.Map();
let changed = [];
let followed = []; // lines of sources that no line told yet
let turn = 0;
let beginning = "";
let awaken = () => {}; // called with whatever will make a line

/** A place in the answers of one source. `step` is what comes after its parent's path. */
class Place {
  constructor(source, path) {
    this.source = source;
    this.path = path;
    this.children = null;
    this.elements = null;
    this.counts = null;
    this.told = null;
    this.where = null;
    this.isChanged = false;
    this.turn = -1;
    this.checks = 0;
    this.verdict = null;
    this.isClosed = false; // something below it is not tracked: whoever takes it may do anything with it
  }

  member(name) {
    if (!this.children) this.children = new natives.Map();
    const known = this.children.get(name);
    if (known) return known;
    const isFull = this.children.size >= MOST_CHILDREN;
    const step = isFull ? ".*" : SIMPLE.test(name) ? `.${name}` : `[${natives.stringify(name)}]`;
    const key = isFull ? null : name;
    const made = this.children.get(key) || new Place(this.source, this.path + step);
    this.children.set(key, made);
    return made;
  }

  each() {
    if (!this.elements) this.elements = new Place(this.source, `${this.path}[*]`);
    return this.elements;
  }
}

class Source {
  constructor(method, url, askers) {
    this.method = method;
    this.url = url;
    this.askers = askers; // URLs of the scripts that asked; null where the plugin itself asked
    this.root = new Place(this, "$");
    this.parts = new natives.Map();
  }

  /** `status`, or `header x-total-count`. */
  part(name) {
    if (!this.parts.has(name)) this.parts.set(name, new Place(this, name));
    return this.parts.get(name);
  }
}

/** The source of a call that is being made now: the stack says whether the plugin makes it. `url` is absolute. */
function sourceOf(method, url) {
  const askers = askedBy();
  const key = `${askers ? "other" : "own"} ${method} ${url}`;
  let source = sources.get(key);
  if (!source) {
    source = new Source(method, url, askers);
    if (sources.size >= MOST_SOURCES) sources.delete(sources.keys().next().value);
    sources.set(key, source);
    if (!askers) seen(source);
  } else if (askers) {
    askers.forEach((each) => source.askers.add(each));
  }
  return source;
}

/** null where the plugin asks, and where nobody told which scripts are the plugin's. */
function askedBy() {
  if (!scripts.length) return null;
  const urls = (frames(DEEP) || []).map((frame) => frame.url);
  return urls.some(isPlugins) ? null : new natives.Set(urls);
}

/**
 * Who touches an answer of `source` now: the plugin's place in its code, "" where that cannot be told, null where it is not
 * the plugin. A library that neither asked nor is the plugin's stands for whoever called it.
 */
function witness(source) {
  const found = frames(SHALLOW);
  if (!found) return source.askers ? null : "";
  if (!found.length) return settings.context === "program" ? "" : null; // in a page the scenario looks
  const own = scripts.length ? found.find((frame) => isPlugins(frame.url)) : found[0];
  if (!source.askers) return written(own || found[0]);
  const decides = found.find((frame) => isPlugins(frame.url) || source.askers.has(frame.url));
  return decides && decides === own ? written(own) : null;
}

/**
 * What `witness` says where a stack is worth its time: undefined where the touch counts all the same.
 * Who was seen at a place so often within one turn of the event loop is taken to be there still.
 */
function testimony(place, op) {
  const isKnown = place.where && place.where[op] && place.where[op].taken >= MOST_WITNESSES;
  if (isKnown && !place.source.askers) return undefined;
  if (place.turn !== turn) {
    place.turn = turn;
    place.checks = 0;
    laterTurn();
  }
  place.checks += 1;
  if (place.checks <= MOST_CHECKS) place.verdict = witness(place.source);
  return place.verdict;
}

let isTurnAwaited = false;

function laterTurn() {
  if (isTurnAwaited) return;
  isTurnAwaited = true;
  natives.later(() => {
    isTurnAwaited = false;
    turn += 1;
  });
}

/** Count one touch, unless the one who `said` where it comes from (see testimony) is not the plugin. */
function note(place, op, said = testimony(place, op)) {
  if (said === null) return;
  if (!place.counts) {
    place.counts = [0, 0, 0, 0, 0, 0, 0];
    place.told = [0, 0, 0, 0, 0, 0, 0];
    place.where = [];
  }
  place.counts[op] += 1;
  if (!place.isChanged) {
    place.isChanged = true;
    if (changed.push(place) === 1) awaken();
  }
  if (said !== undefined) witnessed(place, op, said);
}

function witnessed(place, op, said) {
  if (!place.where[op]) place.where[op] = { taken: 0, calls: [] };
  const where = place.where[op];
  where.taken += 1;
  if (said && where.calls.length < MOST_WITNESSES && !where.calls.includes(said)) where.calls.push(said);
}

/** The plugin's answers from here are followed: where no access is told, it reads nothing of them. */
function seen({ method, url }) {
  followed.push(natives.stringify({ __proto__: null, seen: `${method} ${url}` }));
  awaken();
}

/** Something about tracking itself that a person should know. */
function tell(text) {
  notes.set(text, (notes.get(text) || 0) + 1);
  if (notes.size === 1) awaken();
}

/** The first of the lines: tracking is on here. */
function begun(what) {
  beginning = what;
  awaken();
}

/** Have `call` called whenever a drain will have something to say. */
function onDirty(call) {
  awaken = call;
  awaken();
}

/** The lines since the last drain, each ended; "" where nothing was noted. `isFinal` where none may come after it. */
function drain(isFinal) {
  settle();
  concludeTexts(isFinal);
  const places = changed;
  changed = [];
  const lines = beginning ? [natives.stringify({ __proto__: null, started: beginning })] : [];
  beginning = "";
  lines.push(...followed);
  followed = [];
  notes.forEach((count, note) => lines.push(natives.stringify({ __proto__: null, note, count })));
  notes.clear();
  for (const place of places) {
    place.isChanged = false;
    OPS.forEach((op, number) => {
      const count = place.counts[number] - place.told[number];
      if (count > 0) lines.push(lineOf(place, op, count, place.where[number]));
      place.told[number] = place.counts[number];
    });
  }
  return lines.map((line) => `${line}\n`).join("");
}

function lineOf(place, op, count, where) {
  const { method, url } = place.source;
  const calls = natives.withPrototype(where ? where.calls.slice() : [], null); // some pages give lists a toJSON
  return natives.stringify({ __proto__: null, method, url, place: place.path, op, count, where: calls });
}
