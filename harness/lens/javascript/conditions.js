// Where a step takes a value from, and when it applies. Both come parsed: no text of a shim is read as code, or as a path.
const textAt = (map, name) => (map.has(name) ? map.get(name) : ABSENT);

const SOURCES = {
  beside: ({ path }) => (value) => get(value, path),
  body: ({ path }) => (value, answer) => get(answer.body, path),
  sent: ({ path }) => (value, answer) => get(answer.call.body, path),
  received: ({ path }) => {
    const key = native.stringify(path);
    return (value, answer) => (answer.kept.has(key) ? answer.kept.get(key) : get(answer.received, path));
  },
  keys: ({ of }) => {
    const fetch = fetcher(of);
    return (value, answer) => {
      const found = fetch(value, answer);
      return isObject(found) ? [...found.keys()] : ABSENT;
    };
  },
  count: ({ of }) => {
    const fetch = fetcher(of);
    return (value, answer) => {
      const found = fetch(value, answer);
      return isList(found) ? new Num(String(found.length)) : ABSENT;
    };
  },
  header: ({ name }) => (value, answer) => {
    const found = answer.header(name);
    return found === null ? ABSENT : found;
  },
  request: ({ name }) => (value, answer) => textAt(answer.call.headers, name.toLowerCase()),
  path: ({ name }) => (value, answer) => textAt(answer.call.variables, name),
  query: ({ name }) => (value, answer) => textAt(answer.call.query, name),
  origin: () => (value, answer) => answer.call.origin || ABSENT,
  called: ({ name, of }) => {
    const fetch = fetcher(of);
    return (value, answer) => {
      const other = answer.called.get(name);
      return other ? fetch(other.body, other) : ABSENT;
    };
  },
};

const fetcher = (source) => SOURCES[source.kind](source);

// Copy what is read of the body as NEW sent it, before steps edit it.
function keepReceived(answer, paths) {
  for (const path of paths) answer.kept.set(native.stringify(path), rebuilt(get(answer.body, path)));
}

function jsonType(value) {
  if (value === ABSENT) return 'missing';
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  if (isObject(value)) return 'object';
  if (value instanceof Num) return 'number';
  return typeof value; // string, boolean
}

const SCALARS = new Set(['null', 'boolean', 'number', 'string']);

function formTest(form) {
  if (typeof form === 'object') return (value) => SCALARS.has(jsonType(value)) && serialize(value) === form.is;
  if (form === 'scalar') return (value) => SCALARS.has(jsonType(value));
  if (form === 'empty') return (value) => (isList(value) ? !value.length : isObject(value) && !value.size);
  return (value) => jsonType(value) === form;
}

function formAt({ path, form }) {
  const test = formTest(form);
  if (path.some(wildOf)) return (value) => valuesAt(value, path).every(test);
  return (value) => test(get(value, path));
}

const isWanted = (map, [name, wanted]) => (isText(wanted) ? map.get(name) === wanted : map.has(name) === wanted);

// What a condition asks of an answer as a whole; `near` is what it asks of an element.
function testOf(when) {
  const tests = [];
  const { status, content_type: type } = when;
  if (/^\d{3}$/.test(status)) tests.push((answer) => answer.status === Number(status));
  else if (status) tests.push((answer) => Math.floor(answer.status / 100) === Number(status[0]));
  if (type) {
    const said = (answer) => (answer.header('content-type') || '').split(';')[0].replace(/^[ \t]+|[ \t]+$/g, '');
    tests.push((answer) => said(answer).toLowerCase() === type);
  }
  for (const pair of when.query) tests.push((answer) => isWanted(answer.call.query, pair));
  for (const pair of when.path) tests.push((answer) => isWanted(answer.call.variables, pair));
  for (const place of when.body) {
    const test = formAt(place);
    tests.push((answer) => test(answer.body));
  }
  return (answer) => tests.every((test) => test(answer));
}

// A step as a function of an answer, done where its condition holds.
function guarded(when, apply) {
  const holds = testOf(when);
  return (answer) => {
    if (holds(answer)) apply(answer);
  };
}

// An edit of the values at `at`; what the condition asks of an element (`@…`) is asked of each on its own.
function bodyStep({ at, when }, edit) {
  const near = when.body.filter((place) => place.near).map(formAt);
  if (!near.length) return guarded(when, editAt(at, edit));
  const element = at.length - [...at].reverse().findIndex(wildOf);
  const cut = at.some(wildOf) ? element : 0;
  const within = inside(at.slice(cut), edit);
  const where = (value, answer) => (near.every((test) => test(value)) ? within(value, answer) : value);
  return guarded({ ...when, body: when.body.filter((place) => !place.near) }, editAt(at.slice(0, cut), where));
}
