// How the lines get out: through a function that the browser's driver lends us, which no policy of the page hinders, or else by
// POST to the address that the plugin has for the system, where the recorder keeps them.

const PATH = "/__backfit__/reads";
const DELAY = 50; // milliseconds from a note to its being told
const PIECE = 50000; // characters told at once: what outlives its page may have 64 KiB
const FLUSH = "backfit-flush"; // an event by which a page has the content scripts beside it tell what they have

const beacon = scope.navigator && scope.navigator.sendBeacon && scope.navigator.sendBeacon.bind(scope.navigator);
const listen = scope.addEventListener && scope.addEventListener.bind(scope);
const bound = takenBinding();
let underway = [];
let losses = 0; // told with the next lines that get through
let timer = null;

/** The driver's function. The page is not to see it. */
function takenBinding() {
  const found = settings.binding && scope[settings.binding];
  if (found) delete scope[settings.binding];
  return found;
}

/** Nowhere, in a scope that has no origin (a sandboxed frame's worker): what is posted there is lost. */
function pushUrl() {
  return settings.push || (scope.origin !== "null" ? scope.origin + PATH : undefined);
}

function startPush() {
  onDirty(() => wait(DELAY));
  if (bound) listen("beforeunload", () => flush(true), true); // it is too late for a call when pagehide comes
  if (listen) listen("pagehide", () => flush(true), true);
  if (settings.context === "extension" && scope.document) scope.document.addEventListener(FLUSH, () => flush(true));
}

/** A flush in `delay` milliseconds, unless one is to come anyway. */
function wait(delay) {
  if (timer !== null) return;
  timer = natives.after(() => {
    timer = null;
    flush(false);
  }, delay);
}

/** Tell all there is; the promise is kept when it was told. `isFinal` where there may be no later. */
function flush(isFinal) {
  let lines = drain(isFinal);
  if (lines && losses) {
    lines += `${natives.stringify({ __proto__: null, note: "lines of a tracker were lost on their way", count: losses })}\n`;
    losses = 0;
  }
  if (lines) underway = [...underway, ...pieces(lines).map((piece) => told(piece, isFinal))];
  if (openTexts().length) wait(PATIENCE);
  const all = underway;
  return natives.Promise.all(all).then(() => {
    underway = underway.filter((each) => !all.includes(each));
  });
}

/** What cannot be told is lost: who listens is gone, or a policy of the page is in the way. */
async function told(piece, isFinal) {
  try {
    if (bound && !isSpelledAnew()) await bound(piece);
    else if (!(isFinal && beacon && beacon(pushUrl(), piece))) await posted(pushUrl(), piece);
  } catch (error) {
    losses += 1;
  }
}

/** The driver's function hands on JSON, which some pages write in their own way. */
const isSpelledAnew = () => Boolean([].toJSON || {}.toJSON);

const posted = (url, body) => natives.fetch(url, { method: "POST", mode: "no-cors", credentials: "omit", keepalive: true, body });

function pieces(lines) {
  const found = [];
  let start = 0;
  while (start < lines.length) {
    const last = lines.lastIndexOf("\n", start + PIECE);
    const stop = (last > start ? last : lines.indexOf("\n", start)) + 1;
    found.push(lines.slice(start, stop));
    start = stop;
  }
  return found;
}
