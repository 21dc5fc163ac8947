// Steps on the members of an object. Each gives an edit: (value, answer) -> the new value, or the very same where it does not fit.
const filtered = (value, keeps) => new Map([...value].filter(([name, item]) => keeps(name, item)));
const withMember = (value, name, item) => new Map([...value, [name, item]]);

function affixNames({ prefix, suffix, to_prefix: toPrefix, to_suffix: toSuffix, keep, all }) {
  const isKept = (name) => keep.includes(name);
  const fits = (name) =>
    name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix) && !isKept(name);
  const renamed = (name) => toPrefix + name.slice(prefix.length, name.length - suffix.length) + toSuffix;
  return (value) => {
    if (!isObject(value)) return value;
    const names = [...value.keys()];
    if (all && names.some((name) => !fits(name) && !isKept(name))) return value;
    const made = names.map((name) => (fits(name) ? renamed(name) : name));
    const isSame = made.every((name, at) => name === names[at]);
    if (isSame || new Set(made).size < made.length || names.some((name) => fits(name) && isKept(renamed(name)))) return value;
    return new Map([...value.values()].map((item, at) => [made[at], item]));
  };
}

function combine({ from, by, to }) {
  return (value, answer) => {
    if (!isObject(value) || (value.has(to) && !from.includes(to))) return value;
    const parts = from.map((name) => value.get(name));
    if (!parts.every(isText)) return value;
    const text = parts.join(by);
    if (!answer.takes(text.length)) return value;
    const combined = new Map();
    for (const [name, item] of value) {
      if (!from.includes(name)) combined.set(name, item);
      else if (!combined.has(to)) combined.set(to, text);
    }
    return combined;
  };
}

function divide({ from, by, to }) {
  return (value) => {
    const text = isObject(value) ? value.get(from) : null;
    const parts = isText(text) ? text.split(by) : [];
    if (parts.length !== to.length || to.some((name) => value.has(name) && name !== from)) return value;
    const divided = ([name, item]) => (name === from ? to.map((each, at) => [each, parts[at]]) : [[name, item]]);
    return new Map([...value].flatMap(divided));
  };
}

function copy({ from, to, using }) {
  const fetch = fetcher(from);
  const convert = conversionOf(using);
  return (value, answer) => {
    if (!isObject(value) || value.has(to)) return value;
    const found = fetch(value, answer);
    const converted = found === ABSENT ? UNFIT : convert(found);
    const copied = converted === UNFIT ? ABSENT : ownCopy(converted, answer);
    return copied === ABSENT ? value : withMember(value, to, copied);
  };
}

function defaultMember({ key, value: text }) {
  const fixed = parse(text);
  return (value, answer) => {
    if (!isObject(value) || value.has(key)) return value;
    const copied = ownCopy(fixed, answer);
    return copied === ABSENT ? value : withMember(value, key, copied);
  };
}

function drop({ keys, only_null: onlyNull }) {
  const goes = (name, item) => keys.includes(name) && (item === null || !onlyNull);
  return (value) => {
    if (!isObject(value) || ![...value].some(([name, item]) => goes(name, item))) return value;
    return filtered(value, (name, item) => !goes(name, item));
  };
}

function pick({ keys }) {
  return (value) => {
    if (!isObject(value) || [...value.keys()].every((name) => keys.includes(name))) return value;
    return filtered(value, (name) => keys.includes(name));
  };
}

function rename({ from, to }) {
  return (value) => {
    if (!isObject(value) || !value.has(from) || value.has(to)) return value;
    return new Map([...value].map(([name, item]) => [name === from ? to : name, item]));
  };
}

function hoist({ key, keep, alone }) {
  const fits = (outer, inner) =>
    inner.size > 0 && !inner.has(key) && [...outer.keys()].every((name) => keep.includes(name)) &&
    ![...inner.keys()].some((name) => keep.includes(name));
  return (value) => {
    const inner = isObject(value) ? value.get(key) : null;
    if (!isObject(inner)) return value;
    const outer = filtered(value, (name) => name !== key);
    if ([...inner.keys()].some((name) => outer.has(name)) || (alone && !fits(outer, inner))) return value;
    return new Map([...outer, ...inner]);
  };
}

function plunge({ into, keep }) {
  return (value) => {
    if (!isObject(value) || value.has(into)) return value;
    const inner = filtered(value, (name) => !keep.includes(name));
    return inner.size ? withMember(filtered(value, (name) => keep.includes(name)), into, inner) : value;
  };
}

function move({ from, to }) {
  return (value) => {
    const moved = get(value, from);
    if (moved === ABSENT || get(value, to) !== ABSENT) return value;
    const made = withPlace(withoutPlace(value, from), to, moved);
    return made === ABSENT ? value : made;
  };
}

function withoutPlace(value, [name, ...rest]) {
  if (!rest.length) return filtered(value, (key) => key !== name);
  return new Map([...value].map(([key, item]) => [key, key === name ? withoutPlace(item, rest) : item]));
}

// ABSENT where something that is no object stands in the way.
function withPlace(value, [name, ...rest], member) {
  if (!isObject(value)) return ABSENT;
  const inner = rest.length ? withPlace(value.has(name) ? value.get(name) : new Map(), rest, member) : member;
  return inner === ABSENT ? ABSENT : new Map(value).set(name, inner);
}

const wordsOf = (name) => (name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|[0-9]+/g) || []).map((word) => word.toLowerCase());
const capitalised = (parts) => parts.map((part) => part[0].toUpperCase() + part.slice(1)).join('');
const CONVENTIONS = {
  snake: (parts) => parts.join('_'),
  kebab: (parts) => parts.join('-'),
  pascal: capitalised,
  camel: ([first, ...rest]) => first + capitalised(rest),
  screaming: (parts) => parts.join('_').toUpperCase(),
};

function isConventional(name) {
  const parts = wordsOf(name);
  if (!parts.length || (parts.length === 1 && name === parts[0])) return false;
  return Object.values(CONVENTIONS).some((write) => write(parts) === name);
}

function recase({ to, keep }) {
  const wanted = (name) => (keep.includes(name) || !isConventional(name) ? name : CONVENTIONS[to](wordsOf(name)));
  return (value) => {
    let changed = false;
    const ofObject = (members) => {
      const names = [...members.keys()].map((name) => [name, wanted(name)]);
      const claims = new Map();
      for (const [, made] of names) claims.set(made, (claims.get(made) || 0) + 1);
      const isFree = (made) => !members.has(made) && claims.get(made) === 1;
      changed = changed || names.some(([, made]) => isFree(made));
      return new Map(names.map(([name, made]) => [isFree(made) ? made : name, members.get(name)]));
    };
    const copied = rebuilt(value, ofObject);
    return changed ? copied : value;
  };
}

// What to sort by, and the order, in one member or in two.
function orderToSign({ key, order, down, up }) {
  const signs = new Map([[down, '-'], [up, '']]);
  return (value) => {
    const [by, said] = isObject(value) ? [value.get(key), value.get(order)] : [];
    if (!isText(by) || !isText(said)) return value;
    const names = by.split(',');
    const orders = said.split(',');
    if (names.length !== orders.length || !orders.every((each) => signs.has(each))) return value;
    if (names.some((name) => !name || name.startsWith('-'))) return value;
    const signed = names.map((name, at) => signs.get(orders[at]) + name).join(',');
    return filtered(new Map(value).set(key, signed), (name) => name !== order);
  };
}

function signToOrder({ key, order, down, up }) {
  return (value, answer) => {
    const by = isObject(value) && !value.has(order) ? value.get(key) : null;
    if (!isText(by)) return value;
    const signed = by.split(',');
    const names = signed.map((name) => (name.startsWith('-') ? name.slice(1) : name));
    if (names.some((name) => !name || name.startsWith('-'))) return value;
    const orders = signed.map((name) => (name.startsWith('-') ? down : up)).join(',');
    const told = ([name, item]) => (name === key ? [[key, names.join(',')], [order, orders]] : [[name, item]]);
    return answer.takes(orders.length) ? new Map([...value].flatMap(told)) : value;
  };
}
