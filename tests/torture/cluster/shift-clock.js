// Loaded before a server: sets its clock wrong by SHIFT_CLOCK milliseconds.
const by = Number(process.env.SHIFT_CLOCK)
const { now } = Date
Date.now = () => now() + by
globalThis.Date = new Proxy(Date, {
  construct: (real, given, target) => Reflect.construct(real, given.length > 0 ? given : [real.now()], target),
})
