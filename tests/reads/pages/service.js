oninstall = () => skipWaiting();
onactivate = (event) => event.waitUntil(clients.claim());
const raised = async () => {
  const d = await (await fetch("/data?1")).json();
  return new Response(JSON.stringify({ a: d.a + 1 }));
};
const met = [];
onfetch = (event) => {
  met.push(new URL(event.request.url).pathname);
  if (event.request.url.endsWith("?2")) event.respondWith(raised());
  if (event.request.url.endsWith("?met")) event.respondWith(new Response(JSON.stringify(met)));
};
