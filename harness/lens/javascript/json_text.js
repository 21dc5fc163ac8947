// JSON text to values and back. An object is a Map (its members keep their order, and `__proto__` is a name like any other),
// a number is the text that it is written with: 1, 1.0, 1e0 and 18446744073709551617 stay what they are.
const native = { parse: JSON.parse, stringify: JSON.stringify };
const DEEPEST = 1024;
const WHITE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const INEXACT = /^(?:-0|-?[0-9]{20,}|-9[0-9]{18,}|-?(?=[0-9.]{17})[0-9]+\..*)$/; // what a float, or 64 bits, may not hold
const SPECIAL = /[\\\u0000-\u001f]/;
const LONE = /[\ud800-\udfff]/u; // with the u flag only half a pair is a character of its own
const WORDS = new Map([['true', true], ['false', false], ['null', null]]);

class Num {
  constructor(text) {
    this.text = text;
  }
}

const isInteger = (value) => value instanceof Num && /^(?:0|-?[1-9][0-9]{0,4299})$/.test(value.text);
const isFloat = (value) => value instanceof Num && !isInteger(value);
const isObject = (value) => value instanceof Map;
const isList = Array.isArray;
const isText = (value) => typeof value === 'string';
const isContainer = (value) => isObject(value) || isList(value);

// A float as OLD's side of Backfit writes it: the shortest digits that bring it back, `.0` behind a whole number.
function floatText(number) {
  if (number === 0) return Object.is(number, -0) ? '-0.0' : '0.0';
  const [mantissa, exponent] = Math.abs(number).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  const sign = number < 0 ? '-' : '';
  if (point >= digits.length && point <= 16) return `${sign}${digits.padEnd(point, '0')}.0`;
  if (point > 0 && point <= 16) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point > -5 && point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${mantissa}e${exponent.replace('+', '')}`;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.level = 0;
    this.inexact = false;
    this.floats = [];
  }

  fail() {
    throw new SyntaxError(`no JSON from character ${this.at} on`);
  }

  whole() {
    const value = this.value();
    if (this.next() !== undefined) this.fail();
    // Where every number is exact, 1.10 and 1.1 are the same; else each is kept as it is written.
    if (!this.inexact) for (const number of this.floats) number.text = floatText(Number(number.text));
    return value;
  }

  next() {
    WHITE.lastIndex = this.at;
    WHITE.test(this.text);
    this.at = WHITE.lastIndex;
    return this.text[this.at];
  }

  value() {
    const first = this.next();
    if (first === '{') return this.inside(() => this.members());
    if (first === '[') return this.inside(() => this.elements());
    if (first === '"') return this.string();
    if (first === '-' || (first >= '0' && first <= '9')) return this.number();
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.fail();
  }

  inside(read) {
    this.at += 1;
    this.level += 1;
    if (this.level > DEEPEST) throw new SyntaxError(`nested deeper than ${DEEPEST} levels`);
    const value = read();
    this.level -= 1;
    return value;
  }

  // After an item: true where another follows, false behind the end of the container.
  goesOn(end) {
    const found = this.next();
    if (found !== ',' && found !== end) this.fail();
    this.at += 1;
    return found === ',';
  }

  isEmpty(end) {
    if (this.next() !== end) return false;
    this.at += 1;
    return true;
  }

  members() {
    const found = new Map();
    if (this.isEmpty('}')) return found;
    do {
      if (this.next() !== '"') this.fail();
      const name = this.string();
      if (this.next() !== ':') this.fail();
      this.at += 1;
      found.set(name, this.value());
    } while (this.goesOn('}'));
    return found;
  }

  elements() {
    const found = [];
    if (this.isEmpty(']')) return found;
    do found.push(this.value());
    while (this.goesOn(']'));
    return found;
  }

  string() {
    let end = this.at;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) this.fail();
    } while (this.isEscaped(end));
    const quoted = this.text.slice(this.at, end + 1);
    this.at = end + 1;
    return SPECIAL.test(quoted) ? native.parse(quoted) : quoted.slice(1, -1);
  }

  isEscaped(at) {
    let before = at;
    while (this.text[before - 1] === '\\') before -= 1;
    return (at - before) % 2 === 1;
  }

  number() {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text) || this.fail();
    const [text, fraction, exponent] = found;
    this.at += text.length;
    const number = new Num(text);
    if (exponent || INEXACT.test(text)) this.inexact = true;
    else if (fraction) this.floats.push(number);
    return number;
  }
}

// The value of a JSON text; of members with one name the last counts. Throws SyntaxError.
const parse = (text) => new Reader(text).whole();

function quoted(text) {
  const written = native.stringify(text);
  if (!LONE.test(text)) return written;
  return written.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// Compact JSON text, each number as it is written, members in their order.
function serialize(value) {
  const pieces = [];
  const write = (item) => {
    if (isObject(item)) {
      let before = '{';
      for (const [name, member] of item) {
        pieces.push(before, quoted(name), ':');
        write(member);
        before = ',';
      }
      pieces.push(item.size ? '}' : '{}');
    } else if (isList(item)) {
      item.forEach((element, at) => {
        pieces.push(at ? ',' : '[');
        write(element);
      });
      pieces.push(item.length ? ']' : '[]');
    } else {
      pieces.push(item instanceof Num ? item.text : isText(item) ? quoted(item) : native.stringify(item));
    }
  };
  write(value);
  return pieces.join('');
}
