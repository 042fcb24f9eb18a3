import { assemble, type Code, choose, get, i32, i64, repeatWhile, set, type WasmFunction } from './wasm.ts'

/** The bytes that the long hash takes in at a time. */
export const blockSize = 96
/** Messages shorter than this have a hash of their own kind. */
export const longFrom = 192
/** Where the state of the long hash is, and then the result: twelve words, of which the first two are the hash. */
export const stateAt = 0
/** Where the message is put, one stretch after the other. */
export const inputAt = 1024

const wordSize = 8
const filler = 0xdeadbeefdeadbeefn
const words = (count: number) => Array<'i64'>(count).fill('i64')
const rounds = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Parameters come first among the locals, then the words of the state. */
const [at, length] = [0, 1] as const
const blockEnd = length
const state = (index: number, size: number) => 2 + (index % size)

const addTo = (local: number, value: Code) => set(local, i64.add(get(local), value))
const xorTo = (local: number, value: Code) => set(local, i64.xor(get(local), value))
const rotate = (local: number, bits: number) => set(local, i64.rotateLeft(get(local), i64.constant(BigInt(bits))))
const word = (index: number) => i64.load(get(at), index * wordSize)
const advance = (bytes: number) => set(at, i32.add(get(at), i32.constant(bytes)))
const stateAddress = i32.constant(stateAt)
const keep = (count: number) =>
  rounds(count).flatMap((index) => i64.store(stateAddress, index * wordSize, get(2 + index)))

const long = (index: number) => state(index, 12)
const resume = rounds(12).flatMap((index) => set(long(index), i64.load(stateAddress, index * wordSize)))

const blockRotations = [11, 32, 43, 31, 17, 28, 39, 57, 55, 54, 22, 46] as const
const mixBlock = blockRotations.flatMap((bits, i) => [
  ...addTo(long(i), word(i)),
  ...xorTo(long(i + 2), get(long(i + 10))),
  ...xorTo(long(i + 11), get(long(i))),
  ...rotate(long(i), bits),
  ...addTo(long(i + 11), get(long(i + 1))),
])

const endRotations = [44, 15, 34, 21, 38, 33, 10, 13, 38, 53, 42, 54] as const
const endRound = endRotations.flatMap((bits, i) => [
  ...addTo(long(i + 11), get(long(i + 1))),
  ...xorTo(long(i + 2), get(long(i + 11))),
  ...rotate(long(i + 1), bits),
])

/** Mixes the blocks from `at` up to `blockEnd` into the state. */
const mixBlocks: WasmFunction = {
  name: 'mixBlocks',
  parameters: 2,
  locals: words(12),
  body: [
    ...resume,
    ...repeatWhile(i32.isBelow(get(at), get(blockEnd)), [...mixBlock, ...advance(blockSize)]),
    ...keep(12),
  ],
}

/** Takes in the last `length` bytes at `at`, behind which zeros fill the block, and makes the state the result. */
const finishLong: WasmFunction = {
  name: 'finishLong',
  parameters: 2,
  locals: words(12),
  body: [
    ...resume,
    ...rounds(12).flatMap((i) => addTo(long(i), word(i))),
    ...addTo(long(11), i64.shiftLeft(i64.extend(get(length)), i64.constant(56n))),
    ...rounds(3).flatMap(() => endRound),
    ...keep(2),
  ],
}

const short = (index: number) => state(index, 4)

const shortRotations = [50, 52, 30, 41, 54, 48, 38, 37, 62, 34, 5, 36] as const
const mixShort = shortRotations.flatMap((bits, i) => [
  ...rotate(short(i + 2), bits),
  ...addTo(short(i + 2), get(short(i + 3))),
  ...xorTo(short(i), get(short(i + 2))),
])

const shortEndRotations = [15, 52, 26, 51, 28, 9, 47, 54, 32, 25, 63] as const
const endShort = shortEndRotations.flatMap((bits, i) => [
  ...xorTo(short(i + 3), get(short(i + 2))),
  ...rotate(short(i + 2), bits),
  ...addTo(short(i + 3), get(short(i + 2))),
])

const takeHalf = [...addTo(short(2), word(0)), ...addTo(short(3), word(1)), ...mixShort]
const takeWhole = [...takeHalf, ...addTo(short(0), word(2)), ...addTo(short(1), word(3)), ...advance(32)]
const fillRest = [...addTo(short(2), i64.constant(filler)), ...addTo(short(3), i64.constant(filler))]
const takeRest = [...addTo(short(2), word(0)), ...addTo(short(3), word(1))]

/** Puts the hash of the `length` bytes at `at`, behind which sixteen zeros lie, where the state is. */
const hashShort: WasmFunction = {
  name: 'hashShort',
  parameters: 2,
  locals: [...words(4), 'i32'],
  body: [
    ...set(short(2), i64.constant(filler)),
    ...set(short(3), i64.constant(filler)),
    ...set(6, get(length)),
    ...repeatWhile(i32.isZero(i32.isBelow(get(6), i32.constant(32))), [
      ...takeWhole,
      ...set(6, i32.subtract(get(6), i32.constant(32))),
    ]),
    ...choose(i32.and(get(6), i32.constant(16)), [...takeHalf, ...advance(16)]),
    ...addTo(short(3), i64.shiftLeft(i64.extend(get(length)), i64.constant(56n))),
    ...choose(i32.and(get(6), i32.constant(15)), takeRest, fillRest),
    ...endShort,
    ...keep(2),
  ],
}

/** What the module can do, once it runs. */
export interface SpookyModule {
  readonly memory: WebAssembly.Memory
  /** Mixes the blocks from one address up to another into the state. */
  mixBlocks(from: number, end: number): void
  /** Takes in the last bytes at an address, behind which zeros fill the block, and makes the state the result. */
  finishLong(from: number, length: number): void
  /** Puts the hash of the bytes at an address, behind which sixteen zeros lie, where the state is. */
  hashShort(from: number, length: number): void
}

/** The module in the binary format of WebAssembly: less than the 4 KiB that every browser compiles at once. */
export const spookyBinary = (): Uint8Array<ArrayBuffer> => assemble([mixBlocks, finishLong, hashShort])

/** The state before the first block. */
export function initialState(): Uint8Array {
  const view = new DataView(new ArrayBuffer(blockSize))
  for (const index of [2, 5, 8, 11]) view.setBigUint64(index * wordSize, filler, true)
  return new Uint8Array(view.buffer)
}
