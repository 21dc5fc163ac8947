// JSON text on its way: a text that an answer gave is remembered, so that what JSON.parse makes of it is tracked; a tracked value
// that is written out and read again is tracked again. Who does not parse a text takes it as a whole.

const MOST_TEXTS = 200;
const MOST_CHARACTERS = 32000000;
const LONGEST_PREFIX = 32; // such as `)]}',` before JSON, against its being included as a script
const PATIENCE = 1000; // milliseconds in which a text is parsed that will be parsed
const LIKE_JSON = /^\s*(?:\)\]\}'[^\n]{0,9}\n|for\s*\(;;\);|while\s*\(1\);)?\s*(?:[[{"\d-]|true|false|null)/;

const texts = new natives.Map(); // a text to what is known of it, from each place that gave it
let characters = 0;

/** `text` stands at `place` and is taken by whom `said` names (see testimony), or JSON.stringify made it with these `touches`. */
function remember(text, place, said = testimony(place, EXPORTED), touches = null) {
  if (typeof text !== "string") return;
  if (!LIKE_JSON.test(text)) {
    note(place, EXPORTED, said);
    return;
  }
  const bare = text.trim();
  const given = texts.get(bare) || [];
  const same = given.find((each) => each.place === place) || { place, touches: null, said, isOpen: true, since: Date.now() };
  if (touches) natives.assign(same, { isOpen: true, touches: [...(same.touches || []), ...touches] });
  if (!texts.has(bare)) characters += bare.length;
  texts.set(bare, [...given.filter((each) => each !== same), same]);
  while (texts.size > MOST_TEXTS || characters > MOST_CHARACTERS) forget(texts.keys().next().value);
  awaken();
}

function forget(text) {
  texts.get(text).forEach(conclude);
  texts.delete(text);
  characters -= text.length;
}

/** Nobody parsed it. */
function conclude(known) {
  if (!known.isOpen) return;
  if (known.touches) known.touches.forEach((place) => note(place, SERIALISED, known.said));
  else note(known.place, EXPORTED, known.said);
  close(known);
}

function close(known) {
  known.isOpen = false;
  known.touches = null;
}

/** Those that had their time; all, where it `isFinal`. */
function concludeTexts(isFinal) {
  const latest = Date.now() - PATIENCE;
  openTexts().filter((known) => isFinal || known.since < latest).forEach(conclude);
}

function openTexts() {
  return [...texts.values()].flat().filter((known) => known.isOpen);
}

/** What is known of `text`: who gave it last and saw nobody parse it, else one with more before it, else who gave it last. */
function recalled(text) {
  const bare = text.trim();
  const latest = (texts.get(bare) || []).slice().reverse();
  return latest.find((each) => each.isOpen) || openPrefixed(bare) || latest[0];
}

/** No JSON list or object ends with another: what comes before it is no JSON. */
function openPrefixed(text) {
  if (!/^[[{]/.test(text)) return undefined;
  for (const [longer, known] of texts) {
    const more = longer.length - text.length;
    if (more > 0 && more <= LONGEST_PREFIX && longer.endsWith(text)) return known.find((each) => each.isOpen);
  }
  return undefined;
}

function followJson() {
  stand(JSON, "parse", {
    apply(parse, self, args) {
      const value = apply(parse, self, args);
      const known = typeof args[0] === "string" && texts.size ? recalled(args[0]) : undefined;
      if (!known) return value;
      close(known);
      return taken(value, known.place);
    },
  });
  stand(JSON, "stringify", {
    apply(stringify, self, args) {
      const outer = serialising;
      const touches = [];
      serialising = touches;
      let text;
      try {
        text = apply(stringify, self, args);
      } finally {
        serialising = outer;
      }
      const traps = isContainer(args[0]) && tracked.get(args[0]);
      if (traps) touches.push(traps.place);
      if (touches.length) writtenOut(text, traps, args[1], touches);
      return text;
    },
  });
}

/** With a replacer, or with more around it, the text is not the tracked value again. */
function writtenOut(text, traps, replacer, touches) {
  if (traps && typeof text === "string" && isNothing(replacer)) {
    remember(text, traps.place, testimony(traps.place, SERIALISED), touches);
  } else {
    touches.forEach((place) => note(place, SERIALISED));
  }
}

const isNothing = (value) => value === undefined || value === null;
