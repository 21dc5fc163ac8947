// Server-sent events and WebSockets: their messages are texts of an answer that goes on.

function followMessages() {
  const prototype = scope.MessageEvent && scope.MessageEvent.prototype;
  const targetOf = getter(scope.Event && scope.Event.prototype, "target");
  standAtGetter(prototype, "data", (self, data) => {
    const place = typeof data === "string" ? placeOfMessage(targetOf(self)) : undefined;
    if (place) remember(data, place);
    return data;
  });
}

const messages = new natives.WeakMap(); // an EventSource or a WebSocket to the place of its messages

function placeOfMessage(target) {
  if (!isContainer(target)) return undefined;
  if (!messages.has(target)) messages.set(target, learntPlace(target));
  return messages.get(target);
}

function learntPlace(target) {
  if (scope.EventSource && target instanceof scope.EventSource) {
    return sourceOf("GET", absolute(target.url)).root.each().member("data");
  }
  return scope.WebSocket && target instanceof scope.WebSocket ? sourceOf("GET", target.url).root.each() : undefined;
}
