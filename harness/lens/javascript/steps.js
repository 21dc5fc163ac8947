// Steps on headers and on the whole answer, and every step by its name.
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]/;
const isSendable = (text) => [...text].length <= 8000 && !UNSENDABLE.test(text) && !LONE.test(text);
const isKept = (text) => isSendable(text) && !/^[ \t]|[ \t]$/.test(text);
const isCalled = (name) => ([key]) => key.toLowerCase() === name.toLowerCase();
const isNot = (test) => (pair) => !test(pair);

function headerToMember({ header, key, using }) {
  const convertText = conversionOf(using);
  return (value, answer) => {
    const found = answer.headers.filter(isCalled(header));
    if (!isObject(value) || value.has(key) || found.length !== 1 || !isKept(found[0][1])) return value;
    const member = convertText(found[0][1]);
    if (member === UNFIT) return value;
    answer.headers = answer.headers.filter(isNot(isCalled(header)));
    return withMember(value, key, member);
  };
}

function memberToHeader({ header, key, using }) {
  const convertMember = conversionOf(using);
  return (value, answer) => {
    if (!isObject(value) || !value.has(key) || answer.header(header) !== null) return value;
    const text = convertMember(value.get(key));
    if (!isText(text) || !isKept(text)) return value;
    answer.headers = [...answer.headers, [header, text]];
    return filtered(value, (name) => name !== key);
  };
}

function dropHeader({ header }) {
  return (answer) => {
    const kept = answer.headers.filter(isNot(isCalled(header)));
    if (kept.length === answer.headers.length) return;
    answer.headers = kept;
    answer.edits += 1;
  };
}

function renameHeader({ from, to }) {
  const isSource = isCalled(from);
  return (answer) => {
    if (answer.header(from) === null || answer.header(to) !== null) return;
    answer.headers = answer.headers.map((pair) => (isSource(pair) ? [to, pair[1]] : pair));
    answer.edits += 1;
  };
}

function lineOf(value) {
  const text = value instanceof Num ? value.text : value;
  return isText(text) && isSendable(text) ? text : null;
}

function setHeader({ header, value: fixed, from }) {
  const fetch = from ? fetcher(from) : null;
  return (answer) => {
    const text = fetch ? lineOf(fetch(answer.body, answer)) : fixed;
    const found = answer.headers.filter(isCalled(header));
    if (text === null || (found.length === 1 && found[0][1] === text)) return;
    answer.headers = [...answer.headers.filter(isNot(isCalled(header))), [header, text]];
    answer.edits += 1;
  };
}

function status({ from, to }) {
  return (answer) => {
    if (answer.status !== from || from === to) return;
    answer.status = to;
    answer.edits += 1;
  };
}

function refuse({ at, key, message, place }) {
  const lacks = (value) => isObject(value) && !value.has(key);
  return (answer) => {
    if (!valuesAt(answer.body, at).some(lacks)) return;
    answer.status = 502;
    answer.headers = [['content-type', 'application/json']];
    answer.body = new Map([['error', message], ['lost', place]]);
    answer.edits += 1;
  };
}

const WHOLE_STEPS = {
  'drop-header': dropHeader,
  refuse,
  'rename-header': renameHeader,
  'set-header': setHeader,
  status,
};

const BODY_STEPS = {
  absolute, affix, combine, convert, copy, divide, drop, entries, flatten, head, hoist, join, listify, merge, move, names,
  offset, page, pick, plunge, recase, relative, rename, scatter, sort, split, table, unwrap, values, without, wrap, zone,
  'affix-names': affixNames,
  cut: cutRows,
  'decode-json': decodeJson,
  default: defaultMember,
  'encode-json': encodeJson,
  'header-to-member': headerToMember,
  'key-by': keyBy,
  'member-to-header': memberToHeader,
  'order-to-sign': orderToSign,
  replace: replaceValue,
  'sign-to-order': signToOrder,
  'sort-terms': sortTerms,
};

// A step, given as data, as a function that edits an answer; `onBody` says whether its edits are edits of the body.
function compile(step) {
  const make = BODY_STEPS[step.name];
  const apply = make ? bodyStep(step, make(step)) : guarded(step.when, WHOLE_STEPS[step.name](step));
  return { apply, onBody: Boolean(make) || step.name === 'refuse' };
}
