// A program's ends of what is tracked: where answers come in, where values go out, and when it ends.

/** JSON.parse makes a text of whatever it is given; so a buffer is one before it is looked for. */
function followBuffers() {
  stand(JSON, "parse", {
    apply: (parse, self, [text, ...more]) => apply(parse, self, [text instanceof Uint8Array ? String(text) : text, ...more]),
  });
}

/** Where Node refuses a proxy, it is given a copy. */
function followThreads(threads, v8) {
  for (const owner of [threads.Worker, threads.MessagePort]) {
    if (owner !== scope.MessagePort) stand(owner.prototype, "postMessage", { apply: handedOn });
  }
  stand(v8, "serialize", { apply: handedOn });
  stand(threads, "Worker", {
    construct(Worker, [file, options], target) {
      try {
        return construct(Worker, [file, options], target);
      } catch (error) {
        if (!isRefusal(error) || !exported([options])) throw error;
        return construct(Worker, [file, unwrap(options)], target);
      }
    },
  });
}

followJson();
followBuffers();
followFetch();
followSinks();
followHttp(require("http"));
followThreads(require("worker_threads"), require("v8"));
require("module").syncBuiltinESMExports();
onDirty(tellSoon);
process.on("exit", () => tellNow(true));
end = position(natives.Error);
