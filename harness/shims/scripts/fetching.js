// fetch through the shim. Everything native is taken before any other script may have put something in its place.
const NO_BODY = new Set([101, 103, 204, 205, 304]);
const FIXED = ['url', 'redirected', 'type'];
const warn = (error) => console.warn('[backfit] the shim left a call as it is:', error);

// Whether a URL is one of the system's: of the origins that the shim was made for, else of the page's own.
function isOurs(url, origins) {
  const own = scope.location && /^https?:/.test(scope.location.origin || '') ? [scope.location.origin] : [];
  const known = origins.length ? origins : own;
  return /^https?:/.test(url) && (!known.length || known.includes(new URL(url).origin));
}

const absoluteUrl = (url) => new URL(String(url), scope.document ? scope.document.baseURI : scope.location && scope.location.href).href;
const sentMethod = (method) => (/^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method);

// A body as text; null for other bytes, which are sent as they are.
function textOf(bytes) {
  const text = decodedBytes(bytes);
  return text === UNFIT ? null : text;
}

// The call as the shim sees it; null where it is none of the system's, or nothing that the shim knows.
function known(program, origins, method, url) {
  return isOurs(url, origins) && program.concerns(method, url) ? { method, url: url.split('#')[0] } : null;
}

const takesBody = (method) => method !== 'GET' && method !== 'HEAD';

async function asSeen(call, request, program) {
  const hasBody = takesBody(request.method) && program.readsBodies;
  const body = hasBody ? textOf(await request.clone().arrayBuffer()) : '';
  return { ...call, headers: [...request.headers], body };
}

// The request that the shim makes of one; a GET goes without a body, since fetch sends none.
function requestFor(forwarded, asked, request, NativeRequest) {
  const isBodySame = forwarded.body === asked.body;
  const init = { method: forwarded.method, headers: forwarded.headers };
  if (takesBody(forwarded.method)) {
    if (!isBodySame) init.body = forwarded.body;
    else if (request.body) Object.assign(init, { body: request.body, duplex: 'half' });
  }
  for (const key of ['credentials', 'cache', 'redirect', 'referrer', 'referrerPolicy', 'integrity', 'keepalive', 'signal']) {
    init[key] = request[key];
  }
  if (['cors', 'no-cors', 'same-origin'].includes(request.mode)) init.mode = request.mode;
  if (init.referrer === 'about:client') delete init.referrer;
  return new NativeRequest(forwarded.url, init);
}

// An answer in OLD's form, with what only a native one has: its URL, and a clone that is like it.
function responseFor(made, body, was, NativeResponse) {
  const { status, headers } = made.answer;
  const isUsual = status >= 200 && status <= 599;
  const reason = status === was.status ? was.statusText : made.reason;
  const init = { status: isUsual ? status : 200, statusText: reason, headers: headers.filter(([name]) => name !== 'set-cookie') };
  const response = new NativeResponse(NO_BODY.has(init.status) ? null : body, init);
  for (const key of FIXED) Object.defineProperty(response, key, { value: was[key], configurable: true });
  if (!isUsual) for (const [key, value] of [['status', status], ['ok', false]]) Object.defineProperty(response, key, { value, configurable: true });
  const clone = () => responseFor(made, NativeResponse.prototype.clone.call(response).body, was, NativeResponse);
  return Object.defineProperty(response, 'clone', { value: clone, configurable: true, writable: true });
}

const withLength = (headers, bytes) =>
  headers.map(([name, value]) => [name, name.toLowerCase() === 'content-length' ? String(bytes) : value]);

async function asOld(program, asked, response, NativeResponse) {
  const type = response.headers.get('content-type') || '';
  const isOpaque = !['basic', 'cors', 'default'].includes(response.type);
  const length = Number(response.headers.get('content-length') || 0);
  if (isOpaque) return response;
  const isRead = program.mayEdit(asked, response.status, type) && length <= LIMIT;
  const read = isRead ? readBody(await response.clone().arrayBuffer(), type) : null;
  const made = program.answer(asked, response.status, [...response.headers], read ? read.value : ABSENT);
  if (!made.edits) return response;
  if (!made.inBody) return responseFor(made, response.body, response, NativeResponse);
  const text = writeBody(made.answer.body, read ? read.inUtf8 : true);
  made.answer.headers = withLength(made.answer.headers, utf8.encode.encode(text).length);
  return responseFor(made, text, response, NativeResponse);
}

function wrapFetch(program, origins) {
  const { fetch: nativeFetch, Request: NativeRequest, Response: NativeResponse } = scope;
  if (!nativeFetch) return;
  const shimmed = async (request, call) => {
    const asked = await asSeen(call, request, program);
    const forwarded = program.forward(asked);
    const sent = forwarded === asked ? request : requestFor(forwarded, asked, request, NativeRequest);
    const response = await Reflect.apply(nativeFetch, scope, [sent]);
    try {
      return await asOld(program, asked, response, NativeResponse);
    } catch (error) {
      warn(error);
      return response;
    }
  };
  scope.fetch = {
    fetch(input, init) {
      const isRequest = input instanceof NativeRequest;
      let call = null;
      try {
        const method = sentMethod((init && init.method) || (isRequest ? input.method : 'GET'));
        call = known(program, origins, method, isRequest ? input.url : absoluteUrl(input));
      } catch (error) {
        call = null; // no URL: the native fetch says so
      }
      if (!call) return Reflect.apply(nativeFetch, scope, arguments);
      return (async () => shimmed(new NativeRequest(input, init), call))();
    },
  }.fetch;
}
