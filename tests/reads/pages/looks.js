// What a page can see of the world around it, and with that of us.
const natives = [fetch, JSON.parse, JSON.stringify, Response.prototype.json, structuredClone, Worker, Response];
const text = Function.prototype.toString;
globalThis.run = async () => {
  (await (await fetch("/data")).json()).a;
  await new Promise((done) => setTimeout(done, 200));
  return {
    native: natives.every((each) => /\[native code\]/.test(text.call(each))),
    names: [fetch.name, fetch.length, JSON.parse.length, Object.getOwnPropertyDescriptor(Response.prototype, "status").get.name],
    classes: new Response().constructor === Response && new Response() instanceof Response,
    globals: Object.keys(globalThis).filter((name) => /backfit/i.test(name)),
    calls: performance.getEntriesByType("resource").filter(({ name }) => /backfit/.test(name)).length,
  };
};
