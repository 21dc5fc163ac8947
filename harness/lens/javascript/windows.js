// Two ways to ask for some rows of a list: a window (from which row, to which) and a page of a size.
const TOO_LARGE = 10 ** 15;
const MOST_BESIDE = 1000; // rows that a page may have besides those that are wanted

function plainNumber(value) {
  const text = value instanceof Num ? value.text : value;
  return isText(text) && /^(?:0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : null;
}

// The smallest page size, at most `most` larger than the window's, of which one page has all the window's rows.
function covering(start, size, most = MOST_BESIDE) {
  if (size <= 0) return null;
  for (let page = size; page <= size + most; page += 1) if ((start % page) + size <= page) return page;
  return null;
}

function askedRows(query, start, end, limit) {
  const [first, last] = [start, end || limit].map((name) => plainNumber(query.get(name)));
  if (first === null || last === null) return null;
  return { first, count: end ? last - first : last };
}

// Each of the two members under its new name, in its place.
function exchanged(value, names, others, change) {
  if (!isObject(value) || others.some((name) => value.has(name) && !names.includes(name))) return value;
  const was = names.map((name) => value.get(name));
  const [first, second] = was.map(plainNumber);
  if (first === null || second === null || isText(was[0]) !== isText(was[1])) return value;
  const changed = change(first, second);
  if (!changed || Math.max(...changed) >= TOO_LARGE) return value;
  const made = changed.map((number) => (isText(was[0]) ? String(number) : new Num(String(number))));
  const renamed = ([name, item]) => {
    const at = names.indexOf(name);
    return at < 0 ? [name, item] : [others[at], made[at]];
  };
  return new Map([...value].map(renamed));
}

function page({ start, end, limit, page: number, size, first, cover }) {
  const change = (from, last) => {
    const found = covering(from, end ? last - from : last, cover ? MOST_BESIDE : 0);
    return found && [Math.floor(from / found) + first, found];
  };
  return (value) => exchanged(value, [start, end || limit], [number, size], change);
}

function offset({ start, end, limit, page: number, size, first }) {
  const change = (at, rows) => {
    if (at < first || !rows) return null;
    const from = (at - first) * rows;
    return [from, end ? from + rows : rows];
  };
  return (value) => exchanged(value, [number, size], [start, end || limit], change);
}

function cutRows({ start, end, limit }) {
  return (value, answer) => {
    const rows = askedRows(answer.call.query, start, end, limit);
    const size = rows && covering(rows.first, rows.count);
    if (!isList(value) || !size || value.length > size) return value;
    const from = rows.first % size;
    const kept = value.slice(from, from + rows.count);
    return kept.length === value.length ? value : kept;
  };
}
