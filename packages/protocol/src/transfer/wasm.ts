/** Instructions of WebAssembly, as bytes: an expression that leaves a value, or a statement that leaves none. */
export type Code = readonly number[]

/** A type that a local has. */
export type ValueType = 'i32' | 'i64'

/** A function of a module. All its parameters are `i32`, and it returns nothing. */
export interface WasmFunction {
  readonly name: string
  readonly parameters: number
  readonly locals: readonly ValueType[]
  readonly body: Code
}

const typeCodes = { i32: 0x7f, i64: 0x7e } as const
const emptyBlock = 0x40

function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: bigint): Code {
  const low = Number(value & 127n)
  const rest = value >> 7n
  const isLast = rest === (low & 64 ? -1n : 0n)
  return isLast ? [low] : [low | 128, ...signed(rest)]
}

const ascii = (text: string): Code => Array.from(text, (letter) => letter.charCodeAt(0))
const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes]
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()]
const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))]

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]

const binary = (operator: number) => (left: Code, right: Code) => [...left, ...right, operator]

/** Arithmetic on 64 bits, and memory read and written in words of that many, the lowest byte first. */
export const i64 = {
  constant: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  add: binary(0x7c),
  xor: binary(0x85),
  shiftLeft: binary(0x86),
  rotateLeft: binary(0x89),
  /** From a 32-bit value that is not negative. */
  extend: (value: Code): Code => [...value, 0xad],
  load: (address: Code, offset: number): Code => [...address, 0x29, 0, ...unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [...address, ...value, 0x37, 0, ...unsigned(offset)],
} as const

/** Arithmetic on 32 bits, in which addresses and lengths are counted. */
export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(BigInt(value))],
  add: binary(0x6a),
  subtract: binary(0x6b),
  and: binary(0x71),
  isBelow: binary(0x49),
  isZero: (value: Code): Code => [...value, 0x45],
} as const

/** Runs `body` for as long as `condition` is not zero. */
export const repeatWhile = (condition: Code, body: Code): Code => [
  ...[0x02, emptyBlock, 0x03, emptyBlock],
  ...[...i32.isZero(condition), 0x0d, 1],
  ...[...body, 0x0c, 0],
  ...[0x0b, 0x0b],
]

/** Runs `then` if `condition` is not zero, else `otherwise`. */
export const choose = (condition: Code, then: Code, otherwise: Code = []): Code => [
  ...[...condition, 0x04, emptyBlock],
  ...then,
  ...(otherwise.length > 0 ? [0x05, ...otherwise] : []),
  0x0b,
]

/** A module of these functions, with one page of 64 KiB of memory that it exports as `memory`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...list(Array<Code>(parameters).fill([typeCodes.i32])), 0])
  const exported = functions.map(({ name }, index) => [...sized(ascii(name)), 0x00, ...unsigned(index)])
  const bodies = functions.map(({ locals, body }) =>
    sized([...list(locals.map((type) => [1, typeCodes[type]])), ...body, 0x0b]),
  )
  return Uint8Array.from([
    ...ascii('\0asm'),
    ...[1, 0, 0, 0],
    ...section(1, types),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(5, [[0x00, 1]]),
    ...section(7, [[...sized(ascii('memory')), 0x02, 0], ...exported]),
    ...section(10, bodies),
  ])
}
