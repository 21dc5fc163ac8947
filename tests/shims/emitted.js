// Runs an emitted script for the tests: standard input has {script, calls}, standard output what each call of fetch came to.
// In the place of the network stands what was recorded; everything else is Node's own.
const { script, calls } = JSON.parse(require('fs').readFileSync(0, 'utf-8'));
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const NO_BODY = [101, 204, 205, 304];
let answer = null;
let sent = null;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const body = base64(await request.arrayBuffer());
  sent = { method: request.method, url: request.url, headers: [...request.headers], body };
  const bytes = NO_BODY.includes(answer.status) ? null : Buffer.from(answer.body, 'base64');
  return new Response(bytes, { status: answer.status, headers: answer.headers });
};
(0, eval)(script);

async function outcome({ request, response }) {
  answer = response;
  sent = null;
  const hasBody = !['GET', 'HEAD'].includes(request.method) && request.body;
  const init = { method: request.method, headers: request.headers, ...(hasBody ? { body: Buffer.from(request.body, 'base64') } : {}) };
  const got = await fetch(request.url, init);
  const copy = base64(await got.clone().arrayBuffer());
  const body = base64(await got.arrayBuffer());
  return { sent, got: { status: got.status, headers: [...got.headers], body, copy } };
}

(async () => {
  const outcomes = [];
  for (const call of calls) outcomes.push(await outcome(call));
  process.stdout.write(JSON.stringify(outcomes));
})();
