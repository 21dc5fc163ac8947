// A request as a document that steps edit: path, query, header, body (see harness/lens/request.py, whose rules these are).
const FORM = 'application/x-www-form-urlencoded';
const loose = new TextDecoder('utf-8', { ignoreBOM: true });

// Percent-decoded; where the bytes are no UTF-8, `otherwise` says what becomes of the text.
function unquoted(text, decode) {
  const bytes = (run) => new Uint8Array(run.match(/[0-9A-Fa-f]{2}/g).map((digits) => parseInt(digits, 16)));
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => decode(bytes(run)));
}

const decodedLoosely = (text) => unquoted(text, (bytes) => loose.decode(bytes));

function decodedPart(raw) {
  try {
    return unquoted(raw, (bytes) => utf8.decode.decode(bytes));
  } catch (error) {
    return raw; // its bytes are no UTF-8
  }
}

// What is free in a query stands there as it is (RFC 3986, 3.4), less what separates pairs.
function quotedPart(text, free) {
  return encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => {
    const letter = code < '%80' ? decodeURIComponent(code) : '';
    return letter && free.includes(letter) ? letter : code;
  });
}

const IN_QUERY = "!$'()*,:@/";
const IN_PATH = "!$'()*,:@&=+";

function pairsOf(text) {
  return text.split('&').filter(Boolean).map((piece) => {
    const [name, ...rest] = piece.split('=');
    return [name, rest.join('=')].map((part) => decodedLoosely(part.replace(/\+/g, ' ')));
  });
}

// A URL as its origin, and its path and query as written.
function cutUrl(url) {
  const [, origin, path, query] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url);
  return { origin: origin || '', path: path || '/', query: query || '', asked: /\?/.test(url.split('#')[0]) };
}

function opened(text) {
  if (!/^\{[^]*\}$/.test(text)) return text;
  try {
    return parse(text);
  } catch (error) {
    return text; // a text with braces around it
  }
}

function gathered(pairs) {
  const found = new Map();
  for (const [name, text] of pairs) {
    const before = found.get(name);
    const value = opened(text);
    if (before === undefined) found.set(name, value);
    else found.set(name, isList(before) ? [...before, value] : [before, value]);
  }
  return found;
}

function headersOf(pairs) {
  const found = new Map();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    found.set(key, found.has(key) ? `${found.get(key)}, ${value}` : value);
  }
  return found;
}

const isForm = ({ headers }) => (headersOf(headers).get('content-type') || '').split(';')[0].trim().toLowerCase() === FORM;

// `value` is there where the body is known as a value, of a call of a page's own API; else `body` is a text, "" for none.
function bodyOf(request) {
  if (request.value !== undefined) return request.value;
  if (!request.body) return ABSENT;
  if (isForm(request)) return gathered(pairsOf(request.body));
  try {
    return parse(request.body);
  } catch (error) {
    return ABSENT; // it is no JSON
  }
}

function callIn(request, variables, path) {
  const { origin, query, path: own } = cutUrl(request.url);
  const first = new Map([...pairsOf(query)].reverse());
  return callOf({
    method: request.method, path: path || own, variables, query: first,
    headers: headersOf(request.headers), body: bodyOf(request), origin,
  });
}

function documentOf(request, variables) {
  const document = new Map([
    ['path', new Map(variables)],
    ['query', gathered(pairsOf(cutUrl(request.url).query))],
    ['header', headersOf(request.headers)],
  ]);
  const body = bodyOf(request);
  return body === ABSENT ? document : document.set('body', rebuilt(body));
}

function editedDocument(document, steps, call) {
  const answer = new Answer(0, [], document, call);
  for (const { apply } of steps) apply(answer);
  return isObject(answer.body) ? answer.body : document;
}

function isEqual(one, other) {
  if (!isContainer(one) || !isContainer(other)) return serialize(one) === serialize(other);
  if (isList(one)) return isList(other) && one.length === other.length && one.every((item, at) => isEqual(item, other[at]));
  return isObject(other) && one.size === other.size && [...one].every(([name, item]) => other.has(name) && isEqual(item, other.get(name)));
}

const isSame = (one, other) => one === other || (one !== undefined && other !== undefined && isEqual(one, other));

// A value as it stands in a URL; null for what has no place there.
function urlText(value) {
  if (isText(value)) return value;
  return value === null || value === undefined || isList(value) ? null : serialize(value);
}

function filledPath(template, raw, was, now) {
  const found = new Map();
  for (const name of template.names) {
    const value = isObject(now) ? now.get(name) : undefined;
    const text = urlText(value);
    if (raw.has(name) && isSame(value, was.get(name))) found.set(name, raw.get(name).replace(/ /g, '%20'));
    else if (text !== null && !['', '.', '..'].includes(text)) found.set(name, quotedPart(text, IN_PATH));
    else return null;
  }
  return fill(template, found).replace(/ /g, '%20');
}

function writtenPairs(name, value) {
  const texts = (isList(value) ? value : [value]).map(urlText).filter((text) => text !== null);
  return texts.map((text) => `${quotedPart(name, `${IN_QUERY}[]`)}=${quotedPart(text, IN_QUERY)}`);
}

// Names in the document's order; those whose values did not change as they were sent.
function writtenQuery(sent, was, now) {
  if (!isObject(now)) return sent;
  const pieces = new Map();
  for (const piece of sent.split('&').filter(Boolean)) {
    const [[name]] = pairsOf(piece);
    pieces.set(name, [...(pieces.get(name) || []), piece]);
  }
  const keeps = (name, value) => pieces.has(name) && isSame(was.get(name), value);
  return [...now].flatMap(([name, value]) => (keeps(name, value) ? pieces.get(name) : writtenPairs(name, value))).join('&');
}

function writtenHeaders(pairs, was, now) {
  if (!isObject(now) || isSame(was, now)) return pairs;
  const changed = (name) => !isSame(was.get(name), now.get(name));
  const kept = pairs.filter(([name]) => !changed(name.toLowerCase()));
  const added = [...now].filter(([name]) => changed(name)).map(([name, value]) => [name, urlText(value)]);
  return [...kept, ...added.filter(([name, text]) => text !== null && !/[\r\n\0]/.test(name + text))];
}

function writtenBody(request, body) {
  if (request.value !== undefined) return { ...request, value: body === ABSENT ? [] : body };
  if (body === ABSENT) return { ...request, body: '' };
  const asForm = isForm(request) && isObject(body);
  return { ...request, body: asForm ? [...body].flatMap(([name, value]) => writtenPairs(name, value)).join('&') : serialize(body) };
}

// The request that the document says, at `template`. What did not change stays as it was sent, letter by letter.
function rewritten(request, raw, document, template, method) {
  const was = documentOf(request, new Map([...raw].map(([name, text]) => [name, decodedPart(text)])));
  const path = filledPath(template, raw, was.get('path'), document.get('path'));
  if (path === null) return request;
  const { origin, query, asked } = cutUrl(request.url);
  const isAsked = isSame(was.get('query'), document.get('query'));
  const sent = isAsked ? query : writtenQuery(query, was.get('query'), document.get('query'));
  const mark = (isAsked ? asked : sent) ? '?' : '';
  const headers = writtenHeaders(request.headers, was.get('header'), document.get('header'));
  const moved = { ...request, method, url: `${origin}${path}${mark}${sent}`, headers };
  const body = document.has('body') ? document.get('body') : ABSENT;
  const before = was.has('body') ? was.get('body') : ABSENT;
  const isBefore = before === body || (before !== ABSENT && body !== ABSENT && serialize(before) === serialize(body));
  return isBefore ? moved : writtenBody(moved, body);
}

// A path's variables as they stand in it; null where the template does not fit. Each ends at the first place where what
// follows it fits, for good; the last one's follows at the end of the path.
function rawOf(template, path) {
  if (!path.startsWith(template.first)) return null;
  const found = new Map();
  let at = template.first.length;
  for (const [index, [name, literal]] of template.parts.entries()) {
    let stop = path.indexOf(literal, at + 1);
    if (found.has(name)) stop = at + found.get(name).length;
    else if (index === template.parts.length - 1) stop = path.length - literal.length;
    const value = stop < 0 ? '' : path.slice(at, stop);
    if (!value || value.includes('/') || !path.startsWith(literal, stop)) return null;
    if (found.has(name) && found.get(name) !== value) return null;
    found.set(name, value);
    at = stop + literal.length;
  }
  return at === path.length ? found : null;
}

const fill = (template, values) => template.first + template.parts.map(([name, literal]) => values.get(name) + literal).join('');
