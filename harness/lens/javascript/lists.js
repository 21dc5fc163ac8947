// Steps that turn lists into objects, objects into lists, and either into one of its parts.
const isOf = (value, types) => types.includes(jsonType(value));

function entries({ key, add, value: inner }) {
  const fits = (name, item) => isObject(item) && (add ? !item.has(key) : !key || item.get(key) === name);
  return (value) => {
    if (!isObject(value)) return value;
    const members = [...value];
    if (inner) return members.map(([name, item]) => new Map([[key, name], [inner, item]]));
    if (!members.every(([name, item]) => fits(name, item))) return value;
    return members.map(([name, item]) => (add ? new Map([[key, name], ...item]) : item));
  };
}

function keyBy({ key, drop: drops, value: inner, alone }) {
  const fits = (item) =>
    isObject(item) && isText(item.get(key)) && (!inner || (item.has(inner) && (item.size === 2 || !alone)));
  const element = (item) => {
    if (inner) return item.get(inner);
    return drops ? filtered(item, (name) => name !== key) : item;
  };
  return (value) => {
    if (!isList(value) || !value.every(fits)) return value;
    const keyed = new Map(value.map((item) => [item.get(key), element(item)]));
    return keyed.size === value.length ? keyed : value;
  };
}

const flatten = () => (value) => (isList(value) && value.length && value.every(isList) ? value.flat() : value);

function head({ empty, only }) {
  return (value) => {
    if (!isList(value) || (!value.length && !empty)) return value;
    if (only.length && (value.length > 1 || !isOf(value[0], only))) return value;
    return value.length ? value[0] : null;
  };
}

const listify = ({ only }) => (value) => (isOf(value, only) ? [value] : value);
const wrap = ({ key, only }) => (value) => (isOf(value, only) ? new Map([[key, value]]) : value);

function unwrap({ key, only }) {
  return (value) => {
    if (!isObject(value) || !value.has(key)) return value;
    if (only.length && (value.size > 1 || !isOf(value.get(key), only))) return value;
    return value.get(key);
  };
}

function merge({ lists }) {
  return (value) => {
    if (!isList(value) || !value.length || !value.every(isObject)) return value;
    const merged = new Map();
    for (const [name, member] of value.flatMap((item) => [...item])) {
      if (lists.includes(name)) merged.set(name, [...(merged.get(name) || []), member]);
      else if (merged.has(name)) return value;
      else merged.set(name, member);
    }
    return merged;
  };
}

function scatter({ lists }) {
  return (value) => {
    if (!isObject(value)) return value;
    const items = (name, member) => (lists.includes(name) && isList(member) ? member : [member]);
    return [...value].flatMap(([name, member]) => items(name, member).map((item) => new Map([[name, item]])));
  };
}

function names({ keys, from }) {
  const fetch = from ? fetcher(from) : () => keys;
  return (value, answer) => {
    const found = fetch(value, answer);
    if (!isList(value) || !isList(found) || found.length !== value.length) return value;
    if (!found.every(isText) || new Set(found).size !== found.length) return value;
    const size = found.reduce((sum, name) => sum + name.length, 0);
    return answer.takes(size) ? new Map(found.map((name, at) => [name, value[at]])) : value;
  };
}

function values({ keys, alone }) {
  return (value) => {
    if (!isObject(value) || (alone && value.size !== keys.length)) return value;
    if (!keys.length) return [...value.values()];
    return keys.every((key) => value.has(key)) ? keys.map((key) => value.get(key)) : value;
  };
}

// Texts by their code points: UTF-16 has some in another order.
function byCodePoints(left, right) {
  const [one, other] = [[...left], [...right]];
  const at = one.findIndex((letter, index) => letter !== other[index]);
  if (at < 0) return one.length - other.length;
  return at < other.length ? one[at].codePointAt(0) - other[at].codePointAt(0) : 1;
}

// An integer is compared with a float as it is, not as the nearest float.
function byValue(left, right) {
  const [one, other] = [left, right].map((number) => (isInteger(number) ? BigInt(number.text) : Number(number.text)));
  return one < other ? -1 : Number(one > other);
}

function sort({ by, descending }) {
  return (value) => {
    if (!isList(value) || value.length < 2) return value;
    if (by && !value.every((item) => isObject(item) && item.has(by))) return value;
    const rows = value.map((item, at) => ({ key: by ? item.get(by) : item, item, at }));
    const [type, ...others] = new Set(rows.map(({ key }) => jsonType(key)));
    if (others.length || !['number', 'string'].includes(type)) return value;
    const compare = type === 'number' ? byValue : byCodePoints;
    const sign = descending ? -1 : 1;
    const sorted = rows.sort((left, right) => sign * compare(left.key, right.key));
    return sorted.every(({ at }, place) => at === place) ? value : sorted.map(({ item }) => item);
  };
}

function without({ values: texts, key }) {
  const isUnwanted = (value) => !isContainer(value) && texts.includes(serialize(value));
  const goes = (item) => (key ? isObject(item) && item.has(key) && isUnwanted(item.get(key)) : isUnwanted(item));
  return (value) => {
    const kept = isList(value) ? value.filter((item) => !goes(item)) : [];
    return !isList(value) || kept.length === value.length ? value : kept;
  };
}
