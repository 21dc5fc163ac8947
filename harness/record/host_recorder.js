// What is asked of a page's own API, and what it answers, told call by call to `report(line)`; see host_api.py for the lines.
const MOST_CALLS = 10_000;
const LONGEST_VALUE = 4 * 1024 * 1024; // characters of one value's JSON
const hostClock = { now: Date.now.bind(Date), measure: performance.now.bind(performance) };
const hostJson = { stringify: JSON.stringify, parse: JSON.parse, clone: globalThis.structuredClone.bind(globalThis) };
const asJson = {
  number: (value) => value, list: (items) => items, object: (members) => Object.fromEntries(members),
  date: (value, text) => text, foreign: (value, name, what) => ({ [name]: what }),
};
let told = 0;

function toldValue(value) {
  const text = hostJson.stringify(shown(value, asJson));
  return text.length > LONGEST_VALUE ? hostJson.stringify({ $large: text.length }) : text;
}

// The first frames of the caller, ours left out.
function framesOf() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 20; // some of the first are ours
  const { stack } = new Error();
  Error.stackTraceLimit = limit;
  const lines = String(stack).split('\n').slice(1);
  const places = lines.map((line) => /((?:https?|file|blob|chrome-extension):[^\s()]+:\d+:\d+)/.exec(line));
  return places.filter((found) => found && !/\/?backfit-[^/]*$/.test(found[1])).map((found) => found[1]).slice(0, 5);
}

function tell(report, line) {
  told += 1;
  if (told <= MOST_CALLS) report(hostJson.stringify(line));
  else if (told === MOST_CALLS + 1) report(hostJson.stringify({ path: line.path, lost: `more than ${MOST_CALLS} calls: the rest is not recorded` }));
}

function recordHost(names, lexical, report) {
  const base = `${hostClock.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  let number = 0;
  const begun = (kind, place, given) => {
    number += 1;
    return {
      id: `${base}-${number}`, kind, path: place.path, of: place.of, args: given, page: location.pathname + location.search + location.hash,
      frames: framesOf(), started: new Date(hostClock.now()).toISOString(), clock: hostClock.measure(),
    };
  };
  const ended = ({ clock, ...line }, outcome) => tell(report, { ...line, ...outcome, elapsed: (hostClock.measure() - clock) / 1000 });
  const thrown = (error) => ({ threw: toldValue({ name: (error && error.name) || typeof error, message: String((error && error.message) || error) }) });
  const tracked = (kind, place, value) => {
    const tracker = globalThis[Symbol.for('backfit.reads')];
    if (!tracker || !isReference(value) || isBuiltIn(value)) return value;
    let copy;
    try {
      copy = hostJson.clone(value); // the tracker puts its own into what it tracks
    } catch (error) {
      if (error.name !== 'DataCloneError') throw error;
      return value;
    }
    return tracker.wrap(copy, kind, hostUrl(place.path));
  };
  // What the caller gets, of a call or a callback: data is tracked, what can be called is part of the API.
  const given = (line, kind, place, value) =>
    isApi(value) && !isBuiltIn(value) ? standIn(value, [...place.path], hooks, line.id) : tracked(kind, place, value);
  const hooks = hooksOf({
    get(place, value, isThere) {
      const line = begun('GET', place, null);
      ended(line, isThere ? { value: toldValue(value) } : { missing: true });
      return tracked('GET', place, value);
    },
    call(place, run, args, more = {}) {
      const line = { ...begun('CALL', place, null), ...more };
      line.args = hostJson.stringify(args.map((value, at) => (typeof value === 'function' ? { $callback: at } : shown(value, asJson))));
      const passed = args.map((value, at) => (typeof value === 'function' ? calledBack(line, at, value) : value));
      let value;
      try {
        value = run(passed);
      } catch (error) {
        ended(line, thrown(error));
        throw error;
      }
      if (!isReference(value) || typeof value.then !== 'function') {
        ended(line, { value: toldValue(value) });
        return given(line, 'CALL', place, value);
      }
      const kept = (settled) => ended(line, { value: toldValue(settled), async: true });
      const failed = (error) => ended(line, { ...thrown(error), async: true });
      if (!(value instanceof Promise)) {
        value.then(kept, failed); // a promise of another make, whose other methods the caller may want
        return value;
      }
      return value.then((settled) => {
        kept(settled);
        return given(line, 'CALL', place, settled);
      }, (error) => {
        failed(error);
        throw error;
      });
    },
    lost: (path, reason) => tell(report, { path, lost: reason }),
  });
  function calledBack(line, at, callback) {
    return function called(...values) {
      tell(report, { callback: at, of: line.id, path: line.path, args: hostJson.stringify(values.map((value) => shown(value, asJson))) });
      return Reflect.apply(callback, this, values.map((value) => given(line, 'CALL', { path: line.path }, value)));
    };
  }
  for (const name of names) interpose(name, lexical[name], hooks);
}
