// Workers whose script is made in the page (`blob:`): no proxy can put anything before it, so we do. Those that have an address
// get the same from the recorder.

const STRICT = /^(?:\s|\/\*[^]*?\*\/|\/\/.*\n)*(["'])use strict\1/;

const blobs = new natives.Map(); // a blob: address to its Blob
const heads = new natives.WeakMap(); // a Blob to the text that it begins with
const standIns = new natives.Map(); // a blob: address to that of the script with ours before it

/** `scriptFor(settings)` gives our script for another scope. */
function followBlobWorkers(scriptFor) {
  if (!scope.Worker || !scope.Blob) return;
  stand(scope, "Blob", {
    construct(Blob, args, target) {
      const blob = construct(Blob, args, target);
      if (natives.isArray(args[0]) && typeof args[0][0] === "string") heads.set(blob, args[0][0].slice(0, 1000));
      return blob;
    },
  });
  const { createObjectURL } = scope.URL;
  stand(scope.URL, "createObjectURL", {
    apply(create, self, args) {
      const url = apply(create, self, args);
      if (args[0] instanceof natives.Blob) blobs.set(url, args[0]);
      return url;
    },
  });
  stand(scope.URL, "revokeObjectURL", {
    apply(revoke, self, args) {
      blobs.delete(String(args[0]));
      return apply(revoke, self, args);
    },
  });
  const standIn = (url) => {
    const blob = blobs.get(url);
    if (!blob || askedBy()) return url;
    if (!standIns.has(url)) {
      const strict = STRICT.test(heads.get(blob) || "") ? '"use strict";' : "";
      const ours = scriptFor({ context: "worker", push: pushUrl() });
      const whole = new natives.Blob([strict, ours, blob], { type: blob.type || "text/javascript" });
      standIns.set(url, apply(createObjectURL, scope.URL, [whole]));
    }
    return standIns.get(url);
  };
  for (const name of ["Worker", "SharedWorker"]) {
    stand(scope, name, {
      construct: (Class, args, target) => construct(Class, [standIn(String(args[0])), ...args.slice(1)], target),
    });
  }
}
