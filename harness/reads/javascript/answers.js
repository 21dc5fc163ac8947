// fetch: what an answer holds, and what is asked of its status and its headers.

const LARGEST_BINARY = 8000000; // bytes of a body taken as bytes that are looked at for JSON
const TEXT_OF = { arrayBuffer: decoded, bytes: decoded, blob: textOfBlob, text: (text) => text };

const given = new natives.WeakMap(); // a Response, its Headers or its body's stream to its source

function followFetch() {
  if (!scope.Response || !scope.fetch) return;
  standAtAnswersMade();
  stand(scope, "fetch", {
    apply(fetch, self, args) {
      const source = sourceOf(methodOf(args), urlOf(args[0]));
      return answered(apply(fetch, self, args), source);
    },
  });
  followBodies(scope.Response.prototype);
  followHead(scope.Response.prototype);
  followHeaders(scope.Headers.prototype);
}

const answered = (coming, source) => seenOf(coming, (response) => (given.set(response, source), response));

function methodOf([input, options]) {
  const method = (options && options.method) || (isRequest(input) && input.method) || "GET";
  return String(method).toUpperCase();
}

const isRequest = (input) => scope.Request !== undefined && input instanceof scope.Request;

function urlOf(input) {
  return absolute(isRequest(input) ? input.url : input);
}

/** Without its fragment, which is not sent; as it was written where it is no address. */
function absolute(url) {
  try {
    const found = new natives.URL(url, (scope.document && scope.document.baseURI) || (scope.location && scope.location.href));
    found.hash = "";
    return found.href;
  } catch (error) {
    return String(url); // fetch itself will refuse it
  }
}

const urlGetter = getter(scope.Response && scope.Response.prototype, "url");

/** An answer that fetch did not give came from a cache or a service worker, and still knows its address. */
function sourceOfResponse(response) {
  const known = given.get(response);
  const url = known ? "" : urlGetter(response);
  if (!url) return known;
  const source = sourceOf("GET", absolute(url));
  given.set(response, source);
  return source;
}

/** An answer made of another's body holds what that one holds. */
function standAtAnswersMade() {
  stand(scope, "Response", {
    construct(Response, args, target) {
      const response = construct(Response, args, target);
      if (isContainer(args[0]) && given.has(args[0])) given.set(response, given.get(args[0]));
      return response;
    },
  });
}

function followBodies(prototype) {
  stand(prototype, "clone", {
    apply(clone, self, args) {
      const copy = apply(clone, self, args);
      const source = sourceOfResponse(self);
      if (source) given.set(copy, source);
      return copy;
    },
  });
  follow(prototype, "json", (value, { root }, said) => taken(value, root, said));
  follow(prototype, "formData", (form, { root }, said) => (note(root, EXPORTED, said), form));
  for (const name of natives.keys(TEXT_OF)) {
    follow(prototype, name, async (body, { root }, said, response) => {
      const text = await TEXT_OF[name](body, response); // a blob gives its bytes later
      if (text === undefined) note(root, EXPORTED, said);
      else remember(text, root, said);
      return body;
    });
  }
}

/**
 * Have `seen(what it gives, source, said, response)` say what a method gives, where the answer has a source.
 * Who asks is seen now: when the body has come nobody is on the stack.
 */
function follow(prototype, name, seen) {
  stand(prototype, name, {
    apply(read, self, args) {
      const coming = apply(read, self, args);
      const source = self instanceof natives.Response && sourceOfResponse(self);
      if (!source) return coming;
      const said = witness(source);
      return seenOf(coming, (body) => seen(body, source, said, self));
    },
  });
}

async function seenOf(coming, seen) {
  return seen(await coming);
}

const headersOf = getter(scope.Response && scope.Response.prototype, "headers");
const headerOf = scope.Headers && scope.Headers.prototype.get;
const typeOf = (response) => apply(headerOf, headersOf(response), ["content-type"]) || "";

/** The text of a body taken as bytes, where it is said to be JSON. */
function decoded(bytes, response) {
  const isText = /json/i.test(typeOf(response)) && bytes.byteLength <= LARGEST_BINARY;
  return isText ? new natives.TextDecoder().decode(bytes) : undefined;
}

async function textOfBlob(blob, response) {
  return decoded(await apply(natives.bytesOfBlob, blob, []), response);
}

function followHead(prototype) {
  for (const name of ["status", "statusText", "ok"]) {
    standAtGetter(prototype, name, (self, value) => {
      const source = sourceOfResponse(self);
      if (source) note(source.part("status"), READ);
      return value;
    });
  }
  standAtGetter(prototype, "headers", (self, headers) => {
    const source = sourceOfResponse(self);
    if (source) given.set(headers, source);
    return headers;
  });
}

function followHeaders(prototype) {
  const touched = { get: (isThere) => (isThere ? READ : MISSING), has: () => TESTED };
  const isThere = prototype.has;
  const each = prototype.forEach;
  for (const name of natives.keys(touched)) {
    stand(prototype, name, {
      apply(ask, self, args) {
        const source = given.get(self);
        if (source) noteHeader(source, args[0], touched[name](apply(isThere, self, args)));
        return apply(ask, self, args);
      },
    });
  }
  for (const name of ["forEach", "entries", "keys", "values", Symbol.iterator]) {
    stand(prototype, name, {
      apply(walk, self, args) {
        const source = given.get(self);
        if (source) apply(each, self, [(_, header) => noteHeader(source, header, ENUMERATED)]);
        return apply(walk, self, args);
      },
    });
  }
}

const noteHeader = (source, name, op) => note(source.part(`header ${String(name).toLowerCase()}`), op);
