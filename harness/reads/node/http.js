// The http and https modules, on which axios, got, node-fetch and others stand: which request an answer is of, and its parts.

const RAISING = /[\\/]node_modules[\\/](?:axios|got|mimic-response|superagent)[\\/]/; // an error by the answer's status, unless told not to
const LARGEST_BODY = 32000000; // bytes
const zlib = require("zlib");
const unpacking = (unpack) => (body) => unpack(body, { maxOutputLength: LARGEST_BODY });
const UNPACKING = {
  ...{ gzip: unpacking(zlib.gunzipSync), "x-gzip": unpacking(zlib.gunzipSync) },
  ...{ deflate: unpacking(zlib.inflateSync), br: unpacking(zlib.brotliDecompressSync) },
};
const TEXTUAL = /json|text|xml|javascript/i;

function followHttp(http) {
  const { ClientRequest, IncomingMessage } = http;
  const { emit } = ClientRequest.prototype;
  ClientRequest.prototype.emit = function (name, message, ...more) {
    if (name === "response" && message instanceof IncomingMessage) quietly(() => answeredBy(this, message));
    return apply(emit, this, [name, message, ...more]);
  };
}

function answeredBy(request, message) {
  const source = sourceOf(request.method, addressOf(request));
  const { "content-type": type = "text", "content-encoding": coding } = message.headers; // some take them away
  watch(message, "statusCode", (value) => {
    lookAtStatus(source);
    return value;
  });
  watch(message, "headers", (value) => headersOfSource(value, source));
  watch(message, "rawHeaders", (value) => (noteAll(source, value), value));
  gather(message, (pieces) => whole(message, source, pieces, type, UNPACKING[coding]));
}

/** A proxy is asked for a whole address. */
function addressOf(request) {
  const isWhole = /^[a-z][a-z0-9+.-]*:\/\//i.test(request.path);
  return absolute(isWhole ? request.path : `${request.protocol}//${request.getHeader("host") || request.host}${request.path}`);
}

/** What a look at the status is: a library that hands it on does not judge by it. */
function lookAtStatus(source) {
  const asking = asker();
  if (asking !== undefined) note(source.part("status"), CARRIERS.test(asking) && !RAISING.test(asking) ? COPIED : READ);
}

/** A property that stays what it was to others, and is seen whenever it is taken. */
function watch(holder, name, seen) {
  const own = natives.describe(holder, name);
  let held = holder[name];
  const description = { configurable: true, enumerable: Boolean(own) && own.enumerable };
  natives.define(holder, name, { ...description, get: () => seen(held), set: (given) => { held = given; } });
}

/** Names and values by turns. */
function noteAll(source, rawHeaders) {
  rawHeaders.forEach((name, at) => at % 2 || noteHeader(source, name, ENUMERATED));
}

/** Keep what comes until it is whole; a body that is too large comes to null. */
function gather(message, done) {
  const { push } = message;
  const pieces = [];
  let size = 0;
  message.push = function (piece, ...more) {
    if (piece === null) quietly(() => done(size > LARGEST_BODY ? null : pieces));
    else if ((size += piece.length) <= LARGEST_BODY) pieces.push(Buffer.from(piece));
    return apply(push, this, [piece, ...more]);
  };
}

/** The body has come: whoever parses its text gets it tracked. */
function whole(message, source, pieces, type, unpack = (body) => body) {
  const isThrownAway = message.readableFlowing && !message.listenerCount("data");
  if (isThrownAway || (pieces && !pieces.length)) return;
  const encoding = /charset="?(?:iso-8859-1|latin1)/i.test(type) ? "latin1" : "utf8";
  if (pieces && TEXTUAL.test(type)) remember(unpack(Buffer.concat(pieces)).toString(encoding), source.root);
  else note(source.root, EXPORTED);
}
