// Conversions of moments (numbers since 1970, ISO 8601, RFC 1123) and durations. Days are counted here: Date reads too much.
const ISO = /^([0-9]{4}-[0-9]{2}-[0-9]{2})([T ])((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(\.[0-9]+)?(Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?$/;
const RFC1123 = /^[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) GMT$/;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const UNITS = { seconds: 0, milliseconds: 3, microseconds: 6, nanoseconds: 9 };

const two = (number) => String(number).padStart(2, '0');

function cut(text) {
  const found = ISO.exec(text);
  if (!found) return null;
  const [, day, between, time, fraction = '', zone = ''] = found;
  return { day, between, time, fraction, zone };
}

const joined = (parts) => parts.day + parts.between + parts.time + parts.fraction + parts.zone;

// Minutes that a zone is ahead of UTC.
function minutesAhead(zone) {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone[0] === '-' ? -minutes : minutes;
}

// Seconds since 1970 of a day and a time by the clock; null for a day that does not exist.
function secondsOf(day, time) {
  const [year, month, date] = day.split('-').map(Number);
  const [hours, minutes, seconds] = time.split(':').map(Number);
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date);
  if (year < 1 || moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== date) return null;
  return moment.getTime() / 1000 + hours * 3600 + minutes * 60 + seconds;
}

// The clock so many seconds after 1970; null before year 1 and after year 9999.
function clockOf(seconds) {
  const moment = new Date(seconds * 1000);
  const year = moment.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return null;
  const day = `${String(year).padStart(4, '0')}-${two(moment.getUTCMonth() + 1)}-${two(moment.getUTCDate())}`;
  const time = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()].map(two).join(':');
  return { day, time, weekday: DAYS[(moment.getUTCDay() + 6) % 7] };
}

// A moment that says its zone, in UTC; null for any other text.
function momentOf(text) {
  const parts = cut(text);
  if (!parts || !parts.zone) return null;
  const local = secondsOf(parts.day, parts.time);
  if (local === null) return null;
  const seconds = local - minutesAhead(parts.zone) * 60;
  const clock = clockOf(seconds);
  return clock && { seconds, parts, clock };
}

const inReach = (seconds) => seconds >= 10n ** 8n && seconds < 10n ** 10n; // 1973 to 2286: else it is hardly a moment

function countOf(digits) {
  return (text) => {
    const moment = momentOf(text);
    if (!moment || !inReach(BigInt(moment.seconds))) return UNFIT;
    const fraction = moment.parts.fraction.slice(1, 10).padEnd(9, '0').slice(0, digits);
    return new Num(`${moment.seconds}${fraction}`);
  };
}

function isoOf(digits, zone) {
  return ({ text }) => {
    const count = BigInt(text);
    const scale = 10n ** BigInt(digits);
    if (count < 0n || !inReach(count / scale)) return UNFIT;
    const { day, time } = clockOf(Number(count / scale));
    const fraction = digits ? `.${String(count % scale).padStart(digits, '0')}` : '';
    return `${day}T${time}${fraction}${zone}`;
  };
}

function isoToHttp(text) {
  const moment = momentOf(text);
  if (!moment) return UNFIT;
  const { day, time, weekday } = moment.clock;
  const [year, month, date] = day.split('-');
  return `${weekday}, ${date} ${MONTHS[Number(month) - 1]} ${year} ${time} GMT`;
}

function httpToIso(text) {
  const found = RFC1123.exec(text);
  if (!found || !MONTHS.includes(found[2])) return UNFIT;
  return `${found[3]}-${two(MONTHS.indexOf(found[2]) + 1)}-${found[1]}T${found[4]}Z`;
}

function toUtc(text) {
  const moment = momentOf(text);
  if (!moment) return UNFIT;
  const { parts, clock } = moment;
  return `${clock.day}${parts.between}${clock.time}${parts.fraction}Z`;
}

// `change`, only of what `undo` brings back.
function undone(change, undo) {
  return (value) => {
    const changed = change(value);
    if (changed === UNFIT) return UNFIT;
    const back = undo(changed);
    return back === value || (back instanceof Num && back.text === value.text) ? changed : UNFIT;
  };
}

// Exchange parts of an ISO text; UNFIT where that changes nothing.
function withParts(parts) {
  return (text) => {
    const found = cut(text);
    const changed = found ? joined({ ...found, ...parts }) : text;
    return changed === text ? UNFIT : changed;
  };
}

function withZone(zones) {
  return (text) => {
    const found = cut(text);
    return found && zones.has(found.zone) ? joined({ ...found, zone: zones.get(found.zone) }) : UNFIT;
  };
}

// A moment so many minutes later by the clock, in zone `to`; null where it is no moment in zone `zone`.
function shifted(text, zone, minutes, to) {
  const parts = cut(text);
  const local = parts && parts.zone === zone ? secondsOf(parts.day, parts.time) : null;
  const clock = local === null ? null : clockOf(local + minutes * 60);
  return clock && joined({ ...parts, day: clock.day, time: clock.time, zone: to });
}

function bothWays(there, change, back, undo) {
  return { [there]: onText(undone(change, undo)), [back]: onText(undone(undo, change)) };
}

const toZ = withZone(new Map([['+00:00', 'Z']]));
const toOffset = withZone(new Map([['Z', '+00:00']]));
const MOMENTS = {
  ...bothWays('iso-to-rfc1123', isoToHttp, 'rfc1123-to-iso', httpToIso),
  ...bothWays('iso-space-to-t', withParts({ between: 'T' }), 'iso-t-to-space', withParts({ between: ' ' })),
  ...bothWays('iso-offset-to-z', toZ, 'iso-z-to-offset', toOffset),
  'any-iso-to-rfc1123': onText(isoToHttp),
  'any-iso-to-utc': onText(toUtc),
  'iso-with-z': onText(withZone(new Map([['', 'Z']]))),
  'iso-without-zone': onText(withZone(new Map([['Z', ''], ['+00:00', '']]))),
  'iso-without-fraction': onText(withParts({ fraction: '' })),
  'date-of-iso': onText(withParts({ between: '', time: '', fraction: '', zone: '' })),
};
for (const [unit, digits] of Object.entries(UNITS)) {
  for (const [form, zone] of [['iso', 'Z'], ['iso-offset', '+00:00']]) {
    MOMENTS[`${unit}-to-${form}`] = onInteger(isoOf(digits, zone));
    MOMENTS[`${form}-to-${unit}`] = onText(undone(countOf(digits), isoOf(digits, zone)));
  }
  MOMENTS[`any-iso-to-${unit}`] = onText(countOf(digits));
}

function secondsToHttp(count) {
  const iso = isoOf(0, 'Z')(count);
  return iso === UNFIT ? UNFIT : isoToHttp(iso);
}

function httpToSeconds(text) {
  const iso = httpToIso(text);
  return iso !== UNFIT && isoToHttp(iso) === text ? countOf(0)(iso) : UNFIT;
}

MOMENTS['seconds-to-rfc1123'] = onInteger(secondsToHttp);
MOMENTS['rfc1123-to-seconds'] = onText(httpToSeconds);

// ISO 8601 durations (`P1DT2H30M`) and numbers of seconds. Years, months and weeks are not read.
const DURATION = /^(-?)P(?=[0-9T])(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(\.[0-9]{1,6})?S)?)?$/;
const LENGTHS = [86400, 3600, 60, 1];
const MOST_SECONDS = 10 ** 11;

// Six decimals of a number that is not negative, an exact half to the even digit.
function sixDecimals(number) {
  const exact = number.toFixed(60);
  const isTie = /[02468]50*$/.test(exact.slice(-55));
  return isTie ? exact.slice(0, -54) : number.toFixed(6);
}

function durationText(seconds) {
  if (!(Math.abs(seconds) < MOST_SECONDS)) return UNFIT;
  const [rest, fraction] = sixDecimals(Math.abs(seconds)).split('.');
  let left = Number(rest);
  const counts = LENGTHS.map((length) => {
    const count = Math.floor(left / length);
    left %= length;
    return String(count);
  });
  const digits = fraction.replace(/0+$/, '');
  if (digits) counts[3] += `.${digits}`;
  const [day, ...time] = counts.map((count, at) => (count === '0' ? '' : count + 'DHMS'[at]));
  const clock = time.join('');
  return `${seconds < 0 ? '-' : ''}P${day + (clock && `T${clock}`) || 'T0S'}`;
}

function secondsOfDuration(text) {
  const found = DURATION.exec(text);
  if (!found) return UNFIT;
  const [, sign, ...counts] = found;
  const fraction = counts.pop() || '';
  const seconds = counts.reduce((sum, count, at) => sum + Number(count || 0) * LENGTHS[at], 0);
  return seconds < MOST_SECONDS ? Number(`${sign}${seconds}${fraction}`) : UNFIT;
}

// `write`, only of texts in the form that is written here.
function fromDuration(write) {
  return onText((text) => {
    const seconds = secondsOfDuration(text);
    return seconds !== UNFIT && durationText(seconds) === text ? write(seconds) : UNFIT;
  });
}

function floatToDuration(value) {
  if (!isFloat(value)) return UNFIT;
  const seconds = Number(value.text);
  const text = durationText(seconds);
  return text !== UNFIT && Object.is(secondsOfDuration(text), seconds) ? text : UNFIT;
}

const DURATIONS = {
  'duration-to-seconds': fromDuration((seconds) => (Number.isInteger(seconds) ? new Num(String(seconds)) : UNFIT)),
  'seconds-to-duration': onInteger(({ text }) => durationText(Number(text))),
  'duration-to-decimal-seconds': fromDuration((seconds) => new Num(floatText(seconds))),
  'decimal-seconds-to-duration': floatToDuration,
};
