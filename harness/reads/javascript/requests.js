// XMLHttpRequest: as with fetch, and its answer may be taken as JSON, as text, or as bytes.

const calls = new natives.WeakMap(); // an XMLHttpRequest to {source, parsed, json}
const DONE = 4;

function followRequests() {
  const prototype = scope.XMLHttpRequest && scope.XMLHttpRequest.prototype;
  if (!prototype) return;
  const stateOf = getter(prototype, "readyState");
  const typed = getter(prototype, "responseType");
  const headerOf = prototype.getResponseHeader;
  const callOf = (self) => (stateOf(self) === DONE ? calls.get(self) : undefined);
  stand(prototype, "open", {
    apply(open, self, args) {
      const opened = apply(open, self, args);
      calls.set(self, { source: sourceOf(String(args[0]).toUpperCase(), absolute(args[1])), json: null });
      return opened;
    },
  });
  standAtGetter(prototype, "responseText", (self, text) => {
    const call = callOf(self);
    if (call && text) remember(text, call.source.root);
    return text;
  });
  standAtGetter(prototype, "response", (self, value) => {
    const call = callOf(self);
    return call && value ? seenResponse(call, typed(self), value, () => apply(headerOf, self, ["content-type"])) : value;
  });
  standAtGetter(prototype, "responseXML", (self, value) => {
    const call = callOf(self);
    if (call && value) note(call.source.root, EXPORTED);
    return value;
  });
  followRequestHead(prototype, callOf);
}

function seenResponse(call, type, value, contentType) {
  const { root } = call.source;
  if (type === "json") return sameJson(call, value);
  if (type === "" || type === "text") remember(value, root);
  else if (type === "arraybuffer" && /json/i.test(contentType() || "")) remember(new natives.TextDecoder().decode(value), root);
  else note(root, EXPORTED);
  return value;
}

/** `response` gives the same object each time. */
function sameJson(call, value) {
  if (!call.json || call.json.value !== value) call.json = { value, seen: taken(value, call.source.root) };
  return call.json.seen;
}

function followRequestHead(prototype, callOf) {
  for (const name of ["status", "statusText"]) {
    standAtGetter(prototype, name, (self, value) => {
      const call = callOf(self);
      if (call) note(call.source.part("status"), READ);
      return value;
    });
  }
  stand(prototype, "getResponseHeader", {
    apply(ask, self, args) {
      const value = apply(ask, self, args);
      const call = callOf(self);
      if (call) noteHeader(call.source, args[0], value === null ? MISSING : READ);
      return value;
    },
  });
  stand(prototype, "getAllResponseHeaders", {
    apply(ask, self, args) {
      const text = apply(ask, self, args);
      const call = callOf(self);
      if (call) text.split("\r\n").filter(Boolean).forEach((line) => noteHeader(call.source, line.split(":")[0], ENUMERATED));
      return text;
    },
  });
}
