// What a step edits: an answer with its body parsed and the call that it answers; the places in it; and the room that it has.
const ABSENT = Symbol('absent');
const ROOM = 2 ** 27; // what steps may add to one answer: characters, and VALUE of them for each value in a list or an object
const VALUE = 16;

class Answer {
  constructor(status, headers, body, call, more = {}) {
    this.status = status;
    this.headers = headers; // [name, value] pairs
    this.body = body;
    this.call = call;
    this.received = more.received === undefined ? ABSENT : more.received;
    this.called = more.called || new Map();
    this.kept = new Map();
    this.edits = 0;
    this.room = ROOM;
  }

  takes(size) {
    if (size > this.room) return false;
    this.room -= size;
    return true;
  }

  header(name) {
    const wanted = name.toLowerCase();
    const found = this.headers.find(([key]) => key.toLowerCase() === wanted);
    return found ? found[1] : null;
  }
}

const callOf = (parts = {}) => ({
  method: 'GET', path: '/', variables: new Map(), query: new Map(), headers: new Map(), body: ABSENT, origin: '', ...parts,
});

// What is no JSON, of a page's own API: it looks like its placeholder, and is handed on as it is.
class Foreign extends Map {
  constructor(original, name, what) {
    super([[name, what]]);
    this.original = original;
  }
}

function rebuilt(value, ofObject = (members) => new Map(members)) {
  if (isList(value)) return value.map((item) => rebuilt(item, ofObject));
  if (!isObject(value) || value instanceof Foreign) return value;
  const copied = ofObject(value);
  for (const [name, item] of copied) copied.set(name, rebuilt(item, ofObject));
  return copied;
}

function sizeOf(value) {
  if (isText(value)) return value.length;
  if (isFloat(value)) return value.text.length;
  let size = 0;
  if (isList(value)) for (const item of value) size += VALUE + sizeOf(item);
  if (isObject(value)) for (const [name, item] of value) size += VALUE + name.length + sizeOf(item);
  return size;
}

// A copy that shares nothing with `value`; ABSENT where the answer has no room left for it.
const ownCopy = (value, answer) => (answer.takes(sizeOf(value)) ? rebuilt(value) : ABSENT);

// A path is a list of member names, list indices, EACH element of a list, and ANY member of a map.
const EACH = 'each';
const ANY = 'any';
const wildOf = (step) => (typeof step === 'object' ? step.wild : '');

function getStep(value, step) {
  if (isObject(value) && isText(step)) return value.has(step) ? value.get(step) : ABSENT;
  if (!isList(value) || typeof step !== 'number') return ABSENT;
  const at = step < 0 ? value.length + step : step;
  return at >= 0 && at < value.length ? value[at] : ABSENT;
}

function get(value, path) {
  let found = value;
  for (const step of path) {
    if (found === ABSENT) return ABSENT;
    found = getStep(found, step);
  }
  return found;
}

function valuesAt(value, path) {
  let found = [value];
  for (const step of path) {
    const wild = wildOf(step);
    if (wild === EACH) found = found.filter(isList).flat();
    else if (wild === ANY) found = found.filter(isObject).flatMap((each) => [...each.values()]);
    else found = found.map((each) => getStep(each, step)).filter((each) => each !== ABSENT);
  }
  return found;
}

function edited(value, answer, edit) {
  const result = edit(value, answer);
  if (result !== value) answer.edits += 1;
  return result;
}

// Edit each value at a path of one step or more, in place.
function walk(value, path, answer, edit) {
  const [step, ...rest] = path;
  const wild = wildOf(step);
  const visit = (key, item, put) => (rest.length ? walk(item, rest, answer, edit) : put(key, edited(item, answer, edit)));
  if (wild === EACH) {
    if (isList(value)) value.forEach((item, at) => visit(at, item, (key, made) => { value[key] = made; }));
  } else if (wild === ANY) {
    if (isObject(value)) for (const [name, item] of value) visit(name, item, (key, made) => value.set(key, made));
  } else {
    const found = getStep(value, step);
    if (found === ABSENT) return;
    const at = typeof step === 'number' && step < 0 ? value.length + step : step;
    visit(at, found, (key, made) => { if (isObject(value)) value.set(key, made); else value[key] = made; });
  }
}

function editAt(path, edit) {
  return (answer) => {
    if (path.length) walk(answer.body, path, answer, edit);
    else if (answer.body !== ABSENT) answer.body = edited(answer.body, answer, edit);
  };
}

// The edit of a whole value that edits what stands at `path` inside it, a path without wildcards.
function inside(path, edit) {
  if (!path.length) return edit;
  return (value, answer) => {
    const found = get(value, path);
    if (found === ABSENT) return value;
    const made = edit(found, answer);
    return made === found ? value : placed(value, path, made);
  };
}

function placed(value, [step, ...rest], item) {
  const copied = isObject(value) ? new Map(value) : [...value];
  const at = typeof step === 'number' && step < 0 ? value.length + step : step;
  const made = rest.length ? placed(getStep(value, step), rest, item) : item;
  if (isObject(copied)) copied.set(at, made);
  else copied[at] = made;
  return copied;
}
