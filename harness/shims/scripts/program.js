// A shim, given as data, as functions: which calls it knows, what NEW is asked instead, and how its answers are turned back
// (harness/shims/program.py and routes.py, whose rules these are).
const LIMIT = 64 * 1024 * 1024;
const ENDLESS = /event-stream|ndjson|jsonl|json-?lines|json-seq|multipart\//;
const NAMED = /(?:^|[^\p{L}\p{N}_])(?:query|mutation|subscription)\s+([A-Za-z_][A-Za-z0-9_]*)/u;

function calledIn(call) {
  if (!isObject(call)) return '';
  const has = (...names) => names.every((name) => call.has(name));
  if (isText(call.get('method')) && (has('jsonrpc') || has('params', 'id'))) return call.get('method');
  if (isText(call.get('operationName')) && (has('query') || has('extensions'))) return call.get('operationName');
  const named = isText(call.get('query')) ? NAMED.exec(call.get('query')) : null;
  return named ? named[1] : '';
}

// The GraphQL operation's name or the JSON-RPC method of a call, all of them for a batch.
function discriminatorOf(request) {
  const body = isForm(request) || request.value !== undefined ? ABSENT : bodyOf(request);
  const names = (isList(body) ? body : [body]).map(calledIn).filter(Boolean);
  return [...new Set(names)].sort(byCodePoints).join(',');
}

// Whether two lists of numbers are in order, the first different pair deciding.
function compareRanks(one, other) {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at < 0 ? 0 : one[at] - other[at];
}

class Route {
  constructor(entry) {
    Object.assign(this, entry);
    this.holds = testOf(entry.when);
    this.rewritable = entry.rewrite ? testOf(entry.rewrite) : () => false;
    this.request = entry.request.map(compile);
    this.response = entry.response.map(compile);
    this.rewrites = Boolean(entry.new) || this.request.length > 0;
    this.asks = testOf({ ...entry.when, status: '', content_type: '', body: [] });
  }

  isOf(request) {
    return !this.discriminator || this.discriminator === discriminatorOf(request);
  }

  // The call, where it is made in OLD's form; null where it is another.
  call(request) {
    const { path } = cutUrl(request.url);
    const raw = request.method === this.method ? rawOf(this.old, path) : null;
    return raw && this.isOf(request) ? callIn(request, decodedAll(raw), decodedLoosely(path)) : null;
  }

  // The call in OLD's terms, where it has the form in which NEW gets it.
  sent(request) {
    const isMoved = this.new && request.method === this.new_method;
    const raw = isMoved ? rawOf(this.new, cutUrl(request.url).path) : null;
    if (!raw || !this.isOf(request)) return null;
    const values = decodedAll(raw);
    const unsaid = new Map(this.old.names.map((name) => [name, values.get(name) || '']));
    return { ...callIn(request, values, fill(this.old, unsaid)), method: this.method };
  }

  // The call, where the entry is about it before any answer is known.
  asked(request) {
    const call = this.call(request);
    const asked = call && new Answer(0, [], ABSENT, call);
    return asked && this.asks(asked) ? asked : null;
  }

  rank(goes = true) {
    return [...this.order, Number(!goes), Number(!this.rewrites)];
  }

  forward(request) {
    const raw = rawOf(this.old, cutUrl(request.url).path);
    const values = decodedAll(raw);
    const document = editedDocument(documentOf(request, values), this.request, callIn(request, values));
    return rewritten(request, raw, document, this.new || this.old, this.new_method || request.method);
  }
}

const decodedAll = (raw) => new Map([...raw].map(([name, text]) => [name, decodedPart(text)]));

class Program {
  constructor(shim) {
    this.routes = shim.entries.map((entry) => new Route(entry));
    this.everywhere = shim.everywhere.map(compile);
    this.otherwise = shim.otherwise.map(compile);
    this.requests = shim.requests.map(compile);
    this.moved = shim.moved;
    this.received = shim.received;
    this.reasons = new Map(shim.reasons);
    this.knowsAny = this.everywhere.length + this.otherwise.length > 0;
    this.readsBodies = this.requests.length > 0 || this.routes.some((route) => route.discriminator || route.request.length);
  }

  // Whether a call may be another on NEW, or its answer another on OLD.
  concerns(method, url) {
    if (this.knowsAny || this.requests.length || this.moved.length) return true;
    const { path } = cutUrl(url);
    const isOld = (route) => route.method === method && rawOf(route.old, path);
    const isNew = (route) => route.new && route.new_method === method && rawOf(route.new, path);
    return this.routes.some((route) => isOld(route) || isNew(route));
  }

  // Whether the answer's body may be edited; `type` is its Content-Type.
  mayEdit(request, status, type) {
    if (request.method === 'HEAD' || status === 204 || status === 304 || ENDLESS.test(type.toLowerCase())) return false;
    const isKnown = this.routes.some((route) => route.response.length && (route.call(request) || route.sent(request)));
    return isKnown || (this.knowsAny && /json/i.test(type));
  }

  // The request as NEW wants it; the very same where nothing is to be done.
  forward(request) {
    const asked = this.routes.map((route) => [route, route.asked(request)]).filter(([, call]) => call);
    const known = asked.filter(([route, call]) => route.rewritable(call)).map(([route]) => route);
    if (asked.length && !known.length) return request;
    const [route] = known.sort((one, other) => compareRanks(one.rank(), other.rank()));
    if (!route) return this.common(this.led(request));
    return this.common(route.rewrites ? route.forward(request) : request);
  }

  // A call that no entry knows, under the first prefix that its path begins with.
  led(request) {
    if (request.value !== undefined) return request; // of the page's own API, which has no prefixes
    const { origin, path } = cutUrl(request.url);
    for (const { from, to } of this.moved) {
      const start = from.replace(/\/+$/, '');
      const rest = path.startsWith(start) ? path.slice(start.length) : path;
      if ((rest !== path || from === '/') && (!rest || rest.startsWith('/'))) {
        const url = origin + to.replace(/\/+$/, '') + rest + request.url.slice(origin.length + path.length);
        return { ...request, url };
      }
    }
    return request;
  }

  common(request) {
    if (!this.requests.length) return request;
    const none = new Map();
    const document = editedDocument(documentOf(request, none), this.requests, callIn(request, none));
    const template = { first: cutUrl(request.url).path, parts: [], names: [] };
    return rewritten(request, none, document, template, request.method);
  }

  // NEW's answer as OLD would have given it. `value` is its body, ABSENT where that is no JSON.
  answer(request, status, headers, value) {
    const answer = new Answer(status, headers, value, callOf());
    const routes = this.matching(request, answer);
    keepReceived(answer, [...this.received, ...routes.flatMap((route) => route.received)]);
    const steps = routes.flatMap((route) => route.response);
    if (!routes.length || routes.some((route) => route.otherwise)) steps.push(...this.otherwise);
    let inBody = false;
    for (const { apply, onBody } of [...steps, ...this.everywhere]) {
      const before = answer.edits;
      apply(answer);
      inBody = inBody || (onBody && answer.edits !== before);
    }
    return { answer, inBody, edits: answer.edits, reason: this.reasons.get(answer.status) || '' };
  }

  matching(request, answer) {
    const known = (form) => this.routes.map((route) => [route, route[form](request)]).filter(([, call]) => call);
    const goes = (route, call) => !route.new || route.rewritable(new Answer(0, [], ABSENT, call));
    const asked = known('call').map(([route, call]) => ({ route, call, rank: route.rank(goes(route, call)) }));
    if (asked.length) return holding(asked.sort((one, other) => compareRanks(one.rank, other.rank)), answer);
    return holding(known('sent').map(([route, call]) => ({ route, call })), answer);
  }
}

// Of the first operation, the entries that hold for the answer, which then has its call.
function holding(matching, answer) {
  const found = [];
  for (const { route, call } of matching) {
    if (found.length && route.operation !== found[0].operation) break;
    answer.call = call;
    if (route.holds(answer)) found.push(route);
  }
  return found;
}

// The bytes of a body as a JSON value, and whether they are UTF-8; null where a step may not edit it.
function readBody(bytes, type) {
  if (bytes.byteLength > LIMIT) return null;
  const named = /;\s*charset\s*=\s*"?([\w.:+-]+)/i.exec(type);
  for (const charset of ['utf-8', named ? named[1] : 'utf-8']) {
    try {
      const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
      return { value: parse(text), inUtf8: charset === 'utf-8' };
    } catch (error) {
      if (named === null) return null; // neither JSON nor said to be in another charset
    }
  }
  return null;
}

// JSON text for the body that a value came in, without a letter that only UTF-8 has where that is another charset.
function writeBody(value, inUtf8) {
  const text = serialize(value);
  return inUtf8 ? text : text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
