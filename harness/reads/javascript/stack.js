// Who is asking: the call stack, less our own frames. `settings.scripts` are regular expressions of the plugin's own URLs.

const DEEP = 60; // frames looked at to learn who made a call
const SHALLOW = 32; // frames looked at to learn who reads
const scripts = (settings.scripts || []).map((pattern) => new RegExp(pattern));
const OURS = "(?:^|/)backfit-[\\w-]+\\.js$"; // other scripts of Backfit
const IGNORED = [OURS, ...(settings.ignored || [])].map((pattern) => new RegExp(pattern));
const EVALUATED = /\(([^()\s]+):(\d+):(\d+)\)/;
let end = null;

const isIgnored = (url) => IGNORED.some((pattern) => pattern.test(url));
const isPlugins = (url) => scripts.some((pattern) => pattern.test(url));
const written = ({ url, line, column }) => `${url}:${line}:${column}`;

/**
 * The `most` innermost calls that are not our own and stand in a script with an address, as {url, line, column}.
 * undefined where the engine tells nothing; empty where nothing but a scenario is asking, which has no address.
 */
function frames(most) {
  const found = sites(natives.Error, most);
  return found && found.map(described).filter((frame) => frame.url && !isIgnored(frame.url) && !isOurs(frame));
}

/** V8's call sites; what the page made of stackTraceLimit and prepareStackTrace is there again afterwards. */
function sites(Error, most) {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const isPrepared = owns(Error, "prepareStackTrace");
  const holder = {};
  try {
    Error.stackTraceLimit = most;
    Error.prepareStackTrace = (_, found) => found;
    Error.captureStackTrace(holder);
    return natives.isArray(holder.stack) ? holder.stack : undefined;
  } catch (error) {
    return undefined; // the page has frozen Error
  } finally {
    setOn(Error, "stackTraceLimit", stackTraceLimit);
    if (isPrepared) setOn(Error, "prepareStackTrace", prepareStackTrace);
    else deleteProperty(Error, "prepareStackTrace");
  }
}

/** Evaluated code stands where its `eval` stands, unless it names itself. */
function described(site) {
  const url = site.getScriptNameOrSourceURL() || site.getFileName();
  const evaluated = !url && site.isEval() && EVALUATED.exec(site.getEvalOrigin());
  if (evaluated) return { url: evaluated[1], line: +evaluated[2], column: +evaluated[3] };
  return { url, line: site.getLineNumber(), column: site.getColumnNumber() };
}

/** Where the caller of this function stands. */
function position(Error) {
  const found = sites(Error, 3);
  return found && found.length === 3 ? described(found[2]) : null;
}

/** Our own frames stand in one script, from `begin` to `end`: others may stand there as well. */
function isOurs({ url, line, column }) {
  if (!begin || url !== begin.url) return false;
  const isAfter = line > begin.line || (line === begin.line && column >= begin.column);
  return isAfter && (!end || line < end.line || (line === end.line && column <= end.column));
}
