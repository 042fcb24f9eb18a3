import type { Around } from './around.ts'

/**
 * The same ports, with every call of theirs looked at, by the name of the port and the function: `storage.find`. A port
 * that is absent stays absent, as a host offers what it has ports for.
 */
export const watchedPorts = <T extends object>(ports: T, around: Around): T =>
  mapped(ports, (port, name) =>
    isRecord(port)
      ? mapped(port, (member, call) => (isFunction(member) ? watched(member, `${name}.${call}`, around) : member))
      : port,
  )

const watched =
  (call: (...input: unknown[]) => unknown, name: string, around: Around) =>
  (...input: unknown[]): unknown =>
    around(name, () => call(...input))

const mapped = <T extends object>(record: T, change: (value: unknown, name: string) => unknown): T =>
  Object.assign(
    {},
    record,
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)])),
  )

const isFunction = (value: unknown): value is (...input: unknown[]) => unknown => typeof value === 'function'

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null
