// Asks a page's own API again what was asked of it; answers have the form in which they were recorded (see host_api.js).
const replayedJson = {
  number: (value) => value, list: (items) => items, object: (members) => Object.fromEntries(members),
  date: (value, text) => text, foreign: (value, name, what) => ({ [name]: what }),
};
const asText = (value) => JSON.stringify(shown(value, replayedJson));
const isHolder = (value) => isReference(value) || typeof value === 'string';

function replayHost(lexical) {
  const results = new Map(); // what calls gave, by their recorded ids: later ones may be asked of it

  function rootOf(name) {
    const own = lexical[name] ? lexical[name].get() : undefined;
    return own === undefined ? globalThis[name] : own;
  }

  // The member at a path, and what holds it; an error where a page's script would get one.
  function reached({ path, from, skipped }) {
    let owner;
    let found = from ? results.get(from) : rootOf(path[0]);
    for (const name of path.slice(from ? skipped : 1)) [owner, found] = [found, found[name]];
    return { owner, found };
  }

  function called(job) {
    const { owner, found } = reached(job);
    if (typeof found !== 'function') throw new TypeError(`${job.path.join('.')} is not a function`);
    const args = JSON.parse(job.args);
    return job.made ? Reflect.construct(found, args) : Reflect.apply(found, owner, args);
  }

  function looked(job) {
    const { owner, found } = reached(job);
    const name = job.path[job.path.length - 1];
    return isHolder(owner) && name in Object(owner) ? { value: asText(found) } : { missing: true };
  }

  async function ask(job) {
    try {
      if (job.kind === 'GET') return looked(job);
      const value = await called(job);
      results.set(job.id, value);
      return { value: asText(value) };
    } catch (error) {
      const said = { name: (error && error.name) || typeof error, message: String((error && error.message) || error) };
      return { threw: asText(said) };
    }
  }

  const late = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds, { late: true }); });
  return { has: (name) => isReference(rootOf(name)), ask: (job, milliseconds) => Promise.race([ask(job), late(milliseconds)]) };
}
