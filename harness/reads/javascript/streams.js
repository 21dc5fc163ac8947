// Bodies read piece by piece: their text is put together beside whoever reads it, and remembered; where it comes item by item
// (JSON lines, server-sent events), so is each item.

const LARGEST_STREAM = 8000000; // characters of one body that are kept
const LINES = /[/+-](?:x-)?(?:ndjson|jsonlines|json-lines|jsonl|json-seq)\b/i;
const EVENTS = /\btext\/event-stream\b/i;

const streams = new natives.WeakMap(); // a stream, or its reader, to what gathers its text

function followReaders() {
  if (!scope.ReadableStream || !scope.ReadableStreamDefaultReader) return;
  standAtGetter(scope.Response.prototype, "body", (self, body) => {
    const source = isContainer(body) && sourceOfResponse(self);
    if (source && !streams.has(body)) {
      given.set(body, source);
      streams.set(body, new Gathering(source, typeOf(self)));
    }
    return body;
  });
  stand(scope.ReadableStream.prototype, "getReader", {
    apply(getReader, self, args) {
      const reader = apply(getReader, self, args);
      if (streams.has(self)) streams.set(reader, streams.get(self));
      return reader;
    },
  });
  stand(scope.ReadableStreamDefaultReader.prototype, "read", {
    apply(read, self, args) {
      const coming = apply(read, self, args);
      const gathering = streams.get(self);
      if (!gathering) return coming;
      const said = witness(gathering.source);
      return seenOf(coming, (piece) => (gathering.add(piece, said), piece));
    },
  });
  for (const name of ["pipeTo", "pipeThrough", "tee", "values", Symbol.asyncIterator]) {
    stand(scope.ReadableStream.prototype, name, {
      apply(handOn, self, args) {
        if (streams.has(self)) note(streams.get(self).source.root, EXPORTED);
        return apply(handOn, self, args);
      },
    });
  }
}

/** The text of one body, as far as it came. */
class Gathering {
  constructor(source, type) {
    this.source = source;
    this.item = LINES.test(type) ? lineOfJson : EVENTS.test(type) ? lineOfEvent : null;
    this.decoder = new natives.TextDecoder();
    this.text = "";
    this.isOver = false;
  }

  add({ done, value }, said) {
    if (this.isOver) return;
    const isBytes = value instanceof Uint8Array;
    if (isBytes) this.text += this.decoder.decode(value, { stream: true });
    if (this.item) this.giveItems(said);
    this.isOver = done || !isBytes || this.text.length > LARGEST_STREAM;
    if (!this.isOver) return;
    if (done && !this.item) remember(this.text, this.source.root, said);
    else if (!done) note(this.source.root, EXPORTED, said);
  }

  giveItems(said) {
    const lines = this.text.split("\n");
    this.text = lines.pop();
    lines.forEach((line) => this.item(line.trim(), this.source, said));
  }
}

function lineOfJson(line, source, said) {
  if (line) remember(line, source.root.each(), said);
}

function lineOfEvent(line, source, said) {
  if (line.startsWith("data:")) remember(line.slice(5).trim(), source.root.each().member("data"), said);
}
