// XMLHttpRequest through the shim: what a page reads of an answer is worked out once, when it is there whole.
const BYTES = ['json', 'arraybuffer', 'blob'];

function accessorOf(prototype, name) {
  const { get: read, set: write } = Object.getOwnPropertyDescriptor(prototype, name);
  return { read: (xhr) => Reflect.apply(read, xhr, []), write: (xhr, value) => Reflect.apply(write, xhr, [value]) };
}

function wrapXhr(program, origins) {
  if (!scope.XMLHttpRequest) return;
  const { prototype } = scope.XMLHttpRequest;
  const natives = {};
  for (const name of ['open', 'send', 'setRequestHeader', 'getResponseHeader', 'getAllResponseHeaders']) {
    const method = prototype[name];
    natives[name] = (xhr, ...given) => Reflect.apply(method, xhr, given);
  }
  for (const name of ['readyState', 'status', 'statusText', 'response', 'responseText', 'responseType']) {
    natives[name] = accessorOf(prototype, name);
  }
  const calls = new WeakMap(); // of calls that the shim knows: what is asked, and what came of it

  const rawBytes = (xhr) => {
    const response = natives.response.read(xhr);
    return isText(response) ? utf8.encode.encode(response) : response || new ArrayBuffer(0);
  };

  // The answer in OLD's form; null where it is not there yet, or as it came.
  function answerOf(xhr) {
    const call = calls.get(xhr);
    if (!call || natives.readyState.read(xhr) !== 4 || !natives.status.read(xhr)) return null;
    if (call.made === undefined) call.made = made(xhr, call);
    return call.made;
  }

  function made(xhr, call) {
    try {
      const status = natives.status.read(xhr);
      const type = natives.getResponseHeader(xhr, 'content-type') || '';
      const lines = natives.getAllResponseHeaders(xhr).split('\r\n').filter(Boolean);
      const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
      const isRead = call.isReadable && program.mayEdit(call.asked, status, type);
      const read = isRead ? readBody(rawBytes(xhr), type) : null;
      const found = program.answer(call.asked, status, headers, read ? read.value : ABSENT);
      if (!found.edits) return null;
      const text = found.inBody ? serialize(found.answer.body) : null;
      if (text !== null) found.answer.headers = withLength(found.answer.headers, utf8.encode.encode(text).length);
      return { ...found, text };
    } catch (error) {
      warn(error);
      return null;
    }
  }

  function bodyFor(xhr, call) {
    const found = answerOf(xhr);
    const bytes = found && found.text !== null ? utf8.encode.encode(found.text) : rawBytes(xhr);
    if (call.type === 'arraybuffer') return bytes instanceof Uint8Array ? bytes.buffer : bytes;
    if (call.type === 'blob') return new scope.Blob([bytes], { type: prototype.getResponseHeader.call(xhr, 'content-type') || '' });
    try {
      return native.parse(loose.decode(bytes).replace(/^\ufeff/, ''));
    } catch (error) {
      return null; // as a browser answers for what is no JSON
    }
  }

  function stand(name, read, write) {
    const was = Object.getOwnPropertyDescriptor(prototype, name);
    const accessors = { get() { return read(this, natives[name].read(this)); } };
    if (write) accessors.set = function set(value) { write(this, value); };
    Object.defineProperty(prototype, name, { ...was, ...accessors });
  }

  function replaceMethod(name, method) {
    Object.defineProperty(prototype, name, { ...Object.getOwnPropertyDescriptor(prototype, name), value: method });
  }

  replaceMethod('open', function open(method, url, isAsync = true, user = null, password = null) {
    let call = null;
    try {
      call = known(program, origins, sentMethod(String(method)), absoluteUrl(url));
    } catch (error) {
      call = null; // no URL: the native open says so
    }
    const opened = Reflect.apply(natives.open, null, [this, ...arguments]);
    calls.delete(this);
    const type = natives.responseType.read(this);
    if (call) calls.set(this, { asked: { ...call, headers: [], body: '' }, type, isAsync: Boolean(isAsync), user, password });
    return opened;
  });

  replaceMethod('setRequestHeader', function setRequestHeader(name, value) {
    const given = natives.setRequestHeader(this, ...arguments);
    if (calls.has(this)) calls.get(this).asked.headers.push([String(name).toLowerCase(), String(value)]);
    return given;
  });

  // The body to send: another request was opened in its place where NEW wants it asked otherwise.
  function rewrite(xhr, call, body) {
    const isForm_ = scope.URLSearchParams && body instanceof scope.URLSearchParams;
    const isPlain = body === null || body === undefined || isText(body) || isForm_;
    if (isForm_ && !headersOf(call.asked.headers).has('content-type')) call.asked.headers.push(['content-type', FORM]);
    if (takesBody(call.asked.method)) call.asked.body = isPlain ? String(body || '') : null; // a file, a form with files
    const forwarded = program.forward(call.asked);
    if (forwarded === call.asked) return body;
    natives.open(xhr, forwarded.method, forwarded.url, call.isAsync, call.user, call.password);
    for (const [name, value] of forwarded.headers) natives.setRequestHeader(xhr, name, value);
    return forwarded.body === call.asked.body ? body : forwarded.body;
  }

  replaceMethod('send', function send(body = null) {
    const call = calls.get(this);
    if (!call) return natives.send(this, body);
    let sent = body;
    try {
      sent = rewrite(this, call, body);
      call.isBytes = call.isAsync && BYTES.includes(call.type);
      call.isReadable = call.isBytes || ['', 'text'].includes(call.type);
      if (call.isBytes) natives.responseType.write(this, 'arraybuffer');
    } catch (error) {
      warn(error);
    }
    return natives.send(this, sent);
  });

  stand('responseType', (xhr, was) => (calls.has(xhr) ? calls.get(xhr).type : was), (xhr, value) => {
    natives.responseType.write(xhr, value);
    if (calls.has(xhr)) calls.get(xhr).type = natives.responseType.read(xhr);
  });
  stand('responseText', (xhr, was) => {
    const found = answerOf(xhr);
    return found && found.text !== null ? found.text : was;
  });
  stand('response', (xhr, was) => {
    const call = calls.get(xhr);
    if (!call || natives.readyState.read(xhr) !== 4 || !natives.status.read(xhr)) return was;
    if (!call.isBytes) return isText(was) ? xhr.responseText : was;
    if (call.body === undefined) call.body = bodyFor(xhr, call);
    return call.body;
  });
  stand('status', (xhr, was) => (answerOf(xhr) || { answer: { status: was } }).answer.status);
  stand('statusText', (xhr, was) => {
    const found = answerOf(xhr);
    return found && found.answer.status !== natives.status.read(xhr) ? found.reason : was;
  });
  replaceMethod('getResponseHeader', function getResponseHeader(name) {
    const found = answerOf(this);
    if (!found) return natives.getResponseHeader(this, name);
    const values_ = found.answer.headers.filter(isCalled(String(name))).map(([, value]) => value);
    return values_.length ? values_.join(', ') : null;
  });
  replaceMethod('getAllResponseHeaders', function getAllResponseHeaders() {
    const found = answerOf(this);
    if (!found) return natives.getAllResponseHeaders(this);
    return found.answer.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}\r\n`).sort().join('');
  });
}
