// What plugins do with answers: each takes an answer `d` and says what came of it. The same is asked of plain data.
const PLAIN = {
  items: [1, 2, 3].map((id) => ({ id, name: `Item ${id}`, price: 9.5 + id, tags: ["x", "y"], owner: { first: "Ann", last: "Lee" } })),
  total: 3,
};
const text = JSON.stringify;
const get = async () => (await fetch("/api/items")).json();
const once = (target, name) => new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));
const request = (made) => new Promise((resolve, reject) => {
  made.onsuccess = () => resolve(made.result);
  made.onerror = () => reject(made.error);
});
async function database() {
  const opening = indexedDB.open(`t${Math.random()}`, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("s", { keyPath: "id" });
  return request(opening);
}
const deepFreeze = (value) => {
  Object.values(value).forEach((each) => each && typeof each === "object" && deepFreeze(each));
  return Object.freeze(value);
};

const OPERATIONS = {
  isArray: (d) => Array.isArray(d.items),
  tag: (d) => Object.prototype.toString.call(d.items) + Object.prototype.toString.call(d),
  inst: (d) => d.items instanceof Array,
  proto: (d) => Object.getPrototypeOf(d) === Object.prototype,
  stringify: (d) => text(d),
  stringify2: (d) => text(d, null, 1),
  keys: (d) => Object.keys(d.items[0]).join(),
  entries: (d) => text(Object.entries(d.items[0])),
  spread: (d) => text({ ...d.items[0] }),
  assign: (d) => text(Object.assign({}, d.items[0])),
  forin: (d) => { let s = ""; for (const k in d.items[0]) s += k; return s; },
  rest: (d) => { const { id, ...r } = d.items[0]; return text(r); },
  gopd: (d) => text(Object.getOwnPropertyDescriptor(d.items[0], "name")),
  concat: (d) => [].concat(d.items, d.items).length,
  aspread: (d) => [...d.items].length,
  from: (d) => Array.from(d.items).length,
  apply: (d) => Math.max.apply(null, d.items.map((x) => x.price)),
  sort: (d) => d.items.sort((a, b) => b.price - a.price)[0].id,
  splice: (d) => { d.items.splice(1, 1); return `${d.items.length}:${d.items[1].id}`; },
  push: (d) => { d.items.push({ id: 9 }); return d.items[3].id; },
  ident: (d) => d.items === d.items && d.items[0] === d.items[0],
  incl: (d) => { const x = d.items[1]; return d.items.includes(x) && d.items.indexOf(x) === 1; },
  map: (d) => new Map([[d.items[0], 1]]).get(d.items[0]),
  structuredClone: (d) => text(structuredClone(d)),
  scNested: (d) => text(structuredClone({ a: [d.items[0]] })),
  postMessage: async (d) => {
    const c = new MessageChannel();
    const got = new Promise((resolve) => { c.port2.onmessage = (e) => resolve(text(e.data)); });
    c.port1.postMessage(d);
    return got;
  },
  winpost: async (d) => { const got = once(window, "message"); window.postMessage({ d: d.items[0] }, "*"); return text((await got).data); },
  worker: async (d) => {
    const w = new Worker(URL.createObjectURL(new Blob(["onmessage = (e) => postMessage(e.data.items.length)"])));
    const got = once(w, "message");
    w.postMessage(d);
    return (await got).data;
  },
  pushState: (d) => { history.pushState(d.items[0], ""); return history.state.name; },
  idb: async (d) => {
    const db = await database();
    await request(db.transaction("s", "readwrite").objectStore("s").put(d.items[0]));
    return (await request(db.transaction("s").objectStore("s").get(1))).name;
  },
  customEvent: (d) => {
    let x;
    addEventListener("zz", (e) => { x = e.detail.items.length; }, { once: true });
    dispatchEvent(new CustomEvent("zz", { detail: d }));
    return x;
  },
  freeze: (d) => { deepFreeze(d); return d.items[0].owner.first + Object.isFrozen(d.items[0]); },
  lodashClone: (d) => text(_.cloneDeep(d)),
  lodashEq: (d) => _.isEqual(d, JSON.parse(text(d))) && _.isEqual(_.cloneDeep(d), d),
  lodashPlain: (d) => `${_.isPlainObject(d)},${_.isArray(d.items)}`,
  lodashMerge: (d) => text(_.merge({}, d)),
  lodashGet: (d) => _.get(d, "items[0].owner.first"),
  lodashGroup: (d) => Object.keys(_.groupBy(d.items, "name")).length,
  lodashPick: (d) => text(_.pick(d.items[0], ["id", "name"])),
  lodashOrder: (d) => _.orderBy(d.items, ["price"], ["desc"])[0].id,
  lodashOmit: (d) => text(_.omit(d.items[0], ["id"])),
  jqExtend: (d) => text($.extend(true, {}, d)),
  jqPlain: (d) => $.isPlainObject(d),
  jqEach: (d) => { let n = 0; $.each(d.items, () => { n += 1; }); return n; },
  vueReactive: (d) => {
    const r = Vue.reactive(d);
    let s = "";
    Vue.effect(() => { s = r.items[0].name; });
    r.items[0].name = "ZZ";
    return s + Vue.isReactive(r.items[0]);
  },
  vueToRaw: (d) => Vue.toRaw(Vue.reactive(d)) === d,
  immer: async (d) => {
    const m = await import("/npm/immer.mjs");
    const n = m.produce(d, (x) => { x.items[0].name = "Q"; });
    return n.items[0].name + d.items[0].name + m.isDraftable(d);
  },
  immerFreeze: async (d) => { (await import("/npm/immer.mjs")).freeze(d, true); return d.items[0].name + Object.isFrozen(d.items[0]); },
  axiosGet: async () => text((await axios.get("/api/items")).data),
  jqAjax: async () => text(await $.getJSON("/api/items")),
  xhrJson: async () => {
    const x = new XMLHttpRequest();
    x.open("GET", "/api/items");
    x.responseType = "json";
    x.send();
    await once(x, "load");
    return text(x.response) + (x.response === x.response);
  },
  textParse: async () => text(JSON.parse(await (await fetch("/api/items")).text())),
  resClone: async () => { const r = await fetch("/api/items"); const c = r.clone(); await r.json(); return text(await c.json()); },
  newResponse: async (d) => text(await new Response(text(d)).json()),
  blob: async (d) => (await new Blob([text(d)]).text()).length,
  roundtrip: (d) => JSON.parse(text(d)).items[0].name,
  reader: async () => {
    const reader = (await fetch("/api/items")).body.getReader();
    const decoder = new TextDecoder();
    let s = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return JSON.parse(s).items.length;
      s += decoder.decode(value);
    }
  },
  console: (d) => { console.log(d); return 1; },
  dexie: async (d) => {
    const db = new Dexie(`dx${Math.random()}`);
    db.version(1).stores({ s: "id" });
    await db.s.bulkPut(d.items);
    return (await db.s.get(2)).name;
  },
  del: (d) => { delete d.items[0].name; return text(d.items[0]); },
  defprop: (d) => {
    Object.defineProperty(d.items[0], "name", { get() { return "G"; }, configurable: true, enumerable: true });
    return d.items[0].name;
  },
  inop: (d) => `${"price" in d.items[0]},${"zz" in d.items[0]}`,
  optional: (d) => String(d.items[0].nope?.x),
  fromEntries: (d) => text(Object.fromEntries(Object.entries(d.items[0]))),
  flat: (d) => d.items.flatMap((x) => x.tags).join(),
  toSorted: (d) => d.items.toSorted((a, b) => b.id - a.id)[0].id,
  groupBy: (d) => Object.keys(Object.groupBy(d.items, (x) => x.owner.first)).join(),
};

/** {operation: [what plain data gives, what an answer gives]} */
globalThis.compared = async () => {
  const said = async (operation, data) => {
    try {
      return String(await operation(await data()));
    } catch (error) {
      return `threw ${error}`.slice(0, 100);
    }
  };
  const found = {};
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    found[name] = [await said(operation, () => JSON.parse(text(PLAIN))), await said(operation, get)];
  }
  return found;
};
