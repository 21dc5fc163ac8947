// Conversions of numbers, in decimal digits throughout. A conversion answers UNFIT for what it does not read.
const UNFIT = Symbol('unfit');
const LONGEST = 4000; // characters of a number's text, and digits of an integer
const EXACT = 2n ** 53n;
const isExact = (text) => BigInt(text) <= EXACT && BigInt(text) >= -EXACT;

const onText = (change) => (value) => (isText(value) ? change(value) : UNFIT);
const onInteger = (change) => (value) => (isInteger(value) ? change(value) : UNFIT);
const onBoolean = (change) => (value) => (typeof value === 'boolean' ? change(value) : UNFIT);

const digitsOf = (number) => (number.text.length <= LONGEST ? number.text : UNFIT);
const isNumberText = (text) => text.length <= LONGEST && /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text);

function numberToText(value) {
  return value instanceof Num ? digitsOf(value) : UNFIT;
}

function floatToInteger(value) {
  const found = isFloat(value) ? /^(0|-?[1-9][0-9]*)\.0$/.exec(value.text) : null;
  return found && isExact(found[1]) ? new Num(found[1]) : UNFIT;
}

// The number as digits without zeros around them, and a power of ten.
function decimal(text) {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return { sign, digits, exponent: Number(exponent) - fraction.length + all.length - digits.length };
}

// From 1e-15 to below 1e15: where the digits begin, counted from the point.
const isHandy = ({ digits, exponent }) => digits.length + exponent > -15 && digits.length + exponent <= 15;

function times(power) {
  return (value) => {
    const text = numberToText(value);
    if (text === UNFIT) return UNFIT;
    const number = decimal(text);
    if (!number.digits) return value;
    if (isFloat(value) && !isHandy(number)) return UNFIT;
    return written({ ...number, exponent: number.exponent + power });
  };
}

function written({ sign, digits, exponent }) {
  if (exponent >= 0) return exponent > LONGEST ? UNFIT : shortEnough(sign + digits + '0'.repeat(exponent));
  if (!isHandy({ digits, exponent })) return UNFIT;
  const padded = digits.padStart(1 - exponent, '0');
  return shortEnough(`${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`);
}

const shortEnough = (text) => (text.length <= LONGEST ? new Num(text) : UNFIT);

const NUMBERS = {
  'string-to-integer': onText((text) => (text.length <= LONGEST && /^(?:0|-?[1-9][0-9]*)$/.test(text) ? new Num(text) : UNFIT)),
  'integer-to-string': onInteger(digitsOf),
  'string-to-number': onText((text) => (isNumberText(text) ? new Num(text) : UNFIT)),
  'number-to-string': numberToText,
  'float-to-integer': floatToInteger,
  'integer-to-float': onInteger(({ text }) => (isExact(text) ? new Num(`${text}.0`) : UNFIT)),
};
for (const power of [1, 2, 3, 4, 6, 9, 12]) {
  NUMBERS[`times-1e${power}`] = times(power);
  NUMBERS[`times-1e-${power}`] = times(-power);
}
