// Steps that write one value another way.
function affix({ prefix, suffix, to_prefix: toPrefix, to_suffix: toSuffix }) {
  return (value, answer) => {
    if (!isText(value) || value.length < prefix.length + suffix.length) return value;
    if (!value.startsWith(prefix) || !value.endsWith(suffix)) return value;
    const changed = toPrefix + value.slice(prefix.length, value.length - suffix.length) + toSuffix;
    return changed === value || !answer.takes(changed.length) ? value : changed;
  };
}

function isSameNumber(one, other) {
  return one instanceof Num && other instanceof Num && one.text === other.text;
}

function convert({ using }) {
  const forward = conversionOf(using);
  return (value, answer) => {
    const converted = forward(value);
    if (converted === UNFIT || converted === value || isSameNumber(converted, value)) return value;
    return isText(converted) && converted.length > 256 && !answer.takes(converted.length) ? value : converted;
  };
}

function decodeJson() {
  return (value) => {
    if (!isText(value) || !/^[[{]/.test(value) || LONE.test(value)) return value;
    try {
      const decoded = parse(value);
      return serialize(decoded) === value ? decoded : value;
    } catch (error) {
      return value; // no JSON, or too deep
    }
  };
}

function encodeJson() {
  return (value, answer) => {
    if (!isContainer(value)) return value;
    const text = serialize(value);
    return answer.takes(text.length) ? text : value;
  };
}

const join = ({ by }) => (value, answer) => {
  if (!isList(value) || !value.every(isText)) return value;
  const text = value.join(by);
  return answer.takes(text.length) ? text : value;
};

const split = ({ by }) => (value) => (isText(value) ? (value ? value.split(by) : []) : value);

function replaceValue({ value: text }) {
  const constant = parse(text);
  return (value, answer) => {
    if (serialize(value) === serialize(constant)) return value;
    const copied = ownCopy(constant, answer);
    return copied === ABSENT ? value : copied;
  };
}

function table({ rows }) {
  const known = new Map(rows.filter(([from, to]) => from !== to).map(([from, to]) => [from, parse(to)]));
  return (value, answer) => {
    if ((isList(value) && value.length) || (isObject(value) && value.size)) return value;
    const written = serialize(value);
    const copied = known.has(written) ? ownCopy(known.get(written), answer) : ABSENT;
    return copied === ABSENT ? value : copied;
  };
}

function readTerm(term, forms) {
  for (const [order, form] of forms.entries()) {
    const [start, end] = form.split('*');
    const name = term.slice(start.length, term.length - end.length);
    if (name && term === start + name + end) return { order, name };
  }
  return null;
}

function sortTerms({ down, up, to_down: toDown, to_up: toUp }) {
  const read = [down, up];
  const write = [toDown, toUp];
  const isTold = (term, made) => {
    const back = readTerm(made, write);
    return back !== null && back.order === term.order && back.name === term.name;
  };
  return (value, answer) => {
    const terms = isText(value) ? value.split(',').map((term) => readTerm(term, read)) : [null];
    if (terms.includes(null)) return value;
    const made = terms.map(({ order, name }) => write[order].split('*').join(name));
    if (!made.every((term, at) => isTold(terms[at], term))) return value;
    const text = made.join(',');
    return text !== value && answer.takes(text.length) ? text : value;
  };
}

function zone({ from, to, unsaid }) {
  const minutes = minutesAhead(to) - minutesAhead(from);
  const [source, target] = [unsaid === 'from' ? '' : from, unsaid === 'to' ? '' : to];
  return (value) => {
    const moved = isText(value) ? shifted(value, source, minutes, target) : null;
    return moved === null ? value : moved;
  };
}

// White space as OLD's side of Backfit knows it, which differs from JavaScript's.
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9._~%:@[\]-]+(?:\/[^/?#\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)*$/;
const isRooted = (link) => link.startsWith('/') && !link.startsWith('//');

function originOf({ origin, from }) {
  if (origin) return () => origin;
  const fetch = fetcher(from || { kind: 'origin' });
  return (value, answer) => {
    const found = fetch(value, answer);
    return isText(found) && ORIGIN.test(found) ? found : null;
  };
}

function absolute(step) {
  const originFor = originOf(step);
  return (value, answer) => {
    if (!isText(value) || !isRooted(value)) return value;
    const origin = originFor(value, answer);
    return origin === null || !answer.takes(origin.length) ? value : origin + value;
  };
}

function relative(step) {
  const originFor = originOf(step);
  return (value, answer) => {
    const origin = isText(value) ? originFor(value, answer) : null;
    if (origin === null || !value.startsWith(origin) || !isRooted(value.slice(origin.length))) return value;
    return value.slice(origin.length);
  };
}
