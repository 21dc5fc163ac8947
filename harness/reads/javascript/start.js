// Everything is put in front of the natives, once in each scope.

function start(scriptFor) {
  followJson();
  followFetch();
  followReaders();
  followRequests();
  followMessages();
  followSinks();
  followBlobWorkers(scriptFor);
  if (settings.context === "worker" && scope.ServiceWorkerGlobalScope) keepFromWorkers();
  natives.define(scope, HANDLE, { value: { wrap: wrapAnswer, flush: flushAll, tracked } });
  startPush();
  begun(settings.context);
}

/** `value` tracked as the answer of a call that is being made. */
function wrapAnswer(value, method, url) {
  return taken(value, sourceOf(method, url).root);
}

/** In a page the content scripts beside it tell what they have as well. */
function flushAll() {
  if (settings.context === "page") scope.document.dispatchEvent(new scope.Event(FLUSH));
  return flush(true);
}

/** A service worker of the page is not to meet what the tracker of its pages sends. */
function keepFromWorkers() {
  listen("fetch", (event) => {
    if (new natives.URL(event.request.url).pathname === PATH) event.stopImmediatePropagation();
  });
}

/** Our whole script again, for another scope. */
const scriptFor = (other) => `(${apply(natives.textOf, backfit, [])})(${natives.stringify(other)});`;

if (!scope[HANDLE]) start(scriptFor);
end = position(natives.Error);
