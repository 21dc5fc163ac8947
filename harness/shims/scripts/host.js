// A page's own API through the shim: its calls are asked as NEW has them, and what comes back is turned into OLD's form.
const HOST_JSON = [['content-type', 'application/json']];
const asValue = {
  number: (value) => new Num(native.stringify(value)), list: (items) => items, object: (members) => new Map(members),
  date: (value, text) => new Foreign(value, '$date', text),
  foreign: (value, name, what) => new Foreign(value, name, isText(what) ? what : new Num(String(what))),
};

// A value of the shim's as the page has it: numbers are JavaScript's, and what was no JSON is what it was.
function asPage(value) {
  if (value instanceof Foreign) return value.original;
  if (value instanceof Num) return Number(value.text);
  if (isList(value)) return value.map(asPage);
  return isObject(value) ? Object.fromEntries([...value].map(([name, item]) => [name, asPage(item)])) : value;
}

const hostPath = (url) => cutUrl(url).path.slice(1).split('/').map(decodedPart);

function wrapHost(program, names, lexical) {
  const asked = (method, place, value) => ({ method, url: hostUrl(place.path), headers: HOST_JSON, body: '', value });

  // The member that another path leads to, and what holds it.
  function reached(path) {
    const [name, ...rest] = path;
    const own = lexical[name] && lexical[name].get();
    let owner;
    let found = originalOf(own === undefined ? scope[name] : own);
    for (const part of rest) [owner, found] = [found, found === null || found === undefined ? undefined : found[part]];
    return { owner, found, path };
  }

  const answered = (request, status, value) => program.answer(request, status, HOST_JSON, shown(value, asValue));
  const isKnown = (request) => program.concerns(request.method, request.url);

  function returned(request, place, value) {
    const made = answered(request, 200, value);
    const given = made.inBody ? asPage(made.answer.body) : value;
    if (made.answer.status >= 400) throw errorOf(made.answer.body);
    return isApi(given) ? standIn(given, place.path, hooks) : given;
  }

  // What OLD did where NEW fails: an answer, or its own error.
  function failed(request, error) {
    const said = { name: (error && error.name) || typeof error, message: String((error && error.message) || error) };
    const made = answered(request, 500, said);
    if (made.answer.status < 400) return asPage(made.answer.body);
    throw made.edits ? errorOf(made.answer.body) : error;
  }

  function errorOf(body) {
    const { name, message } = asPage(body) || {};
    return Object.assign(new Error(message), { name });
  }

  // What holds for a value, a promise of one included.
  function settled(value, kept, lost) {
    const isPromise = isReference(value) && typeof value.then === 'function';
    return isPromise ? Promise.resolve(value).then(kept, lost) : kept(value);
  }

  const hooks = hooksOf({
    get(place, value, isThere) {
      const request = asked('GET', place, []);
      if (!isKnown(request)) return value;
      const forwarded = program.forward(request);
      const now = forwarded === request ? { found: value } : reached(hostPath(forwarded.url));
      const made = answered(request, isThere || now.found !== undefined ? 200 : 404, now.found);
      return made.inBody ? asPage(made.answer.body) : now.found;
    },
    // A member that OLD has and NEW has not: a function where calls of it, or inside it, are known.
    missing({ path }) {
      const url = hostUrl(path);
      const isOurs_ = program.routes.some(({ method, old }) => method === 'CALL' && `${old.first}/`.startsWith(`${cutUrl(url).path}/`));
      return isOurs_ ? () => { throw new TypeError(`${path.join('.')} is not a function`); } : undefined;
    },
    call(place, run, args) {
      const request = asked('CALL', place, shown(args, asValue));
      if (!isKnown(request)) return settledAs(run(args), place);
      const forwarded = program.forward(request);
      const other = forwarded.url === request.url ? null : reached(hostPath(forwarded.url));
      const given = forwarded === request ? args : asPage(forwarded.value);
      const list = isList(given) ? given : args;
      const lost = (error) => failed(request, error);
      let value;
      try {
        value = other ? Reflect.apply(other.found, other.owner, list) : run(list);
      } catch (error) {
        return lost(error);
      }
      return settled(value, (kept) => returned(request, place, kept), lost);
    },
  });
  const settledAs = (value, place) => (isApi(value) && !(value instanceof Promise) ? standIn(value, place.path, hooks) : value);
  for (const name of names) interpose(name, lexical[name], hooks);
}
