// Every conversion by its name: texts, booleans, and those of numbers, moments and durations.
const WORD_PAIRS = {
  string: ['false', 'true'],
  capitalised: ['False', 'True'],
  digits: ['0', '1'],
  'y-n': ['N', 'Y'],
  'yes-no': ['no', 'yes'],
  'on-off': ['off', 'on'],
};
const SIXES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const BASE64URL = /^[A-Za-z0-9_-]*$/;
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const HEX = /^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$/;
const utf8 = { encode: new TextEncoder(), decode: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }) };

function decodedBytes(bytes) {
  try {
    return utf8.decode.decode(bytes);
  } catch (error) {
    return UNFIT; // no UTF-8
  }
}

function toBase64(text) {
  if (LONE.test(text)) return UNFIT;
  const bytes = utf8.encode.encode(text);
  let written = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const group = (first << 16) | (second << 8) | third;
    written += [18, 12, 6, 0].map((shift) => SIXES[(group >> shift) & 63]).join('');
  }
  const padding = (3 - (bytes.length % 3)) % 3;
  return written.slice(0, written.length - padding) + '='.repeat(padding);
}

// Only texts in UTF-8, written in the one way that encoding them gives.
function fromBase64(text) {
  if (!BASE64.test(text) || text.length % 4) return UNFIT;
  const digits = [...text.replace(/=/g, '')].map((letter) => SIXES.indexOf(letter));
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  bytes.forEach((_, at) => {
    const from = Math.floor((at * 4) / 3);
    const shift = (at % 3) * 2 + 2;
    bytes[at] = ((digits[from] << shift) | ((digits[from + 1] || 0) >> (6 - shift))) & 255;
  });
  const decoded = decodedBytes(bytes);
  return decoded !== UNFIT && toBase64(decoded) === text ? decoded : UNFIT;
}

function toUrl(text) {
  if (!BASE64.test(text) || text.length % 4) return UNFIT;
  return text.replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_');
}

function fromUrl(text) {
  if (!BASE64URL.test(text) || text.length % 4 === 1) return UNFIT;
  return text.replace(/-/g, '+').replace(/_/g, '/') + '='.repeat((4 - (text.length % 4)) % 4);
}

function withDashes(text) {
  const found = HEX.exec(text);
  return found ? found.slice(1).join('-') : UNFIT;
}

const TEXTS = {
  'lower-case': onText((text) => text.toLowerCase()),
  'upper-case': onText((text) => text.toUpperCase()),
  trim: onText((text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')),
  'text-from-base64': onText(fromBase64),
  'text-to-base64': onText(toBase64),
  'base64-to-base64url': onText(toUrl),
  'base64url-to-base64': onText(fromUrl),
  'uuid-to-hex': onText((text) => (UUID.test(text) ? text.replace(/-/g, '') : UNFIT)),
  'hex-to-uuid': onText(withDashes),
};

const BOOLEANS = {
  'integer-to-boolean': onInteger(({ text }) => (['0', '1'].includes(text) ? text === '1' : UNFIT)),
  'boolean-to-integer': onBoolean((value) => new Num(value ? '1' : '0')),
};
for (const [name, [no, yes]] of Object.entries(WORD_PAIRS)) {
  BOOLEANS[`${name}-to-boolean`] = onText((text) => ([no, yes].includes(text) ? text === yes : UNFIT));
  BOOLEANS[`boolean-to-${name}`] = onBoolean((value) => (value ? yes : no));
}

const CONVERSIONS = { ...NUMBERS, ...TEXTS, ...MOMENTS, ...DURATIONS, ...BOOLEANS };
const conversionOf = (name) => (name ? CONVERSIONS[name] : (value) => value);
