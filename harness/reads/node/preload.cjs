// Node.js loads this first (NODE_OPTIONS --require) in each program and worker thread of the plugin: it starts the tracking of reads.
"use strict";

const { appendFileSync, readFileSync } = require("fs");
const { join } = require("path");
const { compileFunction } = require("vm");

const SHARED = ["natives", "stack", "notes", "wrapping", "texts", "sinks", "answers", "streams"];
const OWN = ["file", "headers", "http", "program"];

/** Packages that carry answers from Node to whoever asked: what they look at, they look at on somebody's behalf. */
const PACKAGES = [
  ...["axios", "cacheable-request", "cross-fetch", "decompress-response", "follow-redirects", "formidable", "got", "ky"],
  ...["make-fetch-happen", "mimic-response", "minipass-fetch", "needle", "node-fetch", "node-fetch-native", "request"],
  ...["responselike", "superagent", "@szmarczak", "tough-cookie", "undici"],
];
const CARRIERS = `[\\\\/]node_modules[\\\\/](?:${PACKAGES.join("|")})[\\\\/]`;

/** The tracker's files share one scope: those that pages have too, and those beside this one. */
function begin() {
  const files = [
    ...SHARED.map((name) => join(__dirname, "..", "javascript", `${name}.js`)),
    ...OWN.map((name) => join(__dirname, `${name}.js`)),
  ];
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const filename = join(__dirname, "backfit-reads.js");
  const settings = { context: "program", ignored: ["^node:", CARRIERS], carriers: CARRIERS };
  compileFunction(`"use strict";\n${text}`, ["settings", "require"], { filename })(settings, require);
}

if (process.env.BACKFIT_READS) {
  try {
    begin();
  } catch (error) {
    const note = `reads are not tracked in node ${process.versions.node}: ${error && error.message}`;
    appendFileSync(process.env.BACKFIT_READS, `${JSON.stringify({ note, count: 1 })}\n`, { mode: 0o600 });
  }
}
