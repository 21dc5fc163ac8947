"use strict";
onmessage = async (event) => {
  (await (await fetch(new URL("/data?1", event.data))).json()).a;
  postMessage((function () { return typeof this; })());
};
