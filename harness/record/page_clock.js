// The customer's time, where JavaScript asks for it; timers, animations and performance.now() stay as they are.
(({ahead, frozen}) => {
  const done = Symbol.for('backfit.clock') // a content script may share its world with a page that has it already
  if (globalThis[done]) return
  Object.defineProperty(globalThis, done, {value: true})

  const Real = Date
  const now = frozen === null ? () => Real.now() + ahead : () => frozen
  const Shifted = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, values, made) =>
      Reflect.construct(target, values.length ? values : [now()], made === Shifted ? target : made),
    get: (target, name, self) => (name === 'now' ? now : Reflect.get(target, name, self)),
  })
  Real.prototype.constructor = Shifted
  globalThis.Date = Shifted

  const {prototype} = Intl.DateTimeFormat
  const {get} = Object.getOwnPropertyDescriptor(prototype, 'format')
  const toParts = prototype.formatToParts
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get() {
      const format = get.call(this)
      return date => format(date ?? now())
    },
  })
  prototype.formatToParts = function formatToParts(date) {
    return toParts.call(this, date ?? now())
  }

  if (globalThis.Temporal) {
    const {Instant, Now} = Temporal
    Now.instant = () => Instant.fromEpochMilliseconds(Math.floor(now()))
    Now.zonedDateTimeISO = (zone = Now.timeZoneId()) => Now.instant().toZonedDateTimeISO(zone)
    Now.plainDateTimeISO = zone => Now.zonedDateTimeISO(zone).toPlainDateTime()
    Now.plainDateISO = zone => Now.zonedDateTimeISO(zone).toPlainDate()
    Now.plainTimeISO = zone => Now.zonedDateTimeISO(zone).toPlainTime()
  }
})
