import { hashSize } from './chunk-id.ts'
import {
  blockSize,
  initialState,
  inputAt,
  longFrom,
  type SpookyModule,
  spookyBinary,
  stateAt,
} from './spooky-module.ts'

/** A hash that is fed piece by piece. Its memory stays the same however much it is fed. */
export interface SpookyHash {
  update(bytes: Uint8Array): void
  /** The 16 bytes of the hash of all that has come so far. More may follow. */
  digest(): Uint8Array
}

/** How many bytes are copied into the module at a time: small enough to stay in the processor's nearest memory. */
const windowSize = blockSize * 256

interface Engine extends SpookyModule {
  readonly bytes: Uint8Array
}

// One instance serves every hash: each carries its own state in and out within a call, and calls do not overlap.
const started: { engine?: Engine } = {}

function start(): Engine {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(spookyBinary()))
  const module = exports as WebAssembly.Exports & SpookyModule
  return { ...module, bytes: new Uint8Array(module.memory.buffer) }
}

function engine(): Engine {
  started.engine ??= start()
  return started.engine
}

/** Mixes all whole blocks of `held` followed by `bytes` into `state`, and returns how many bytes of `bytes` are left. */
function mix(state: Uint8Array, held: Uint8Array, bytes: Uint8Array): number {
  const { bytes: memory, mixBlocks } = engine()
  memory.set(state, stateAt)
  memory.set(held, inputAt)
  let filled = held.length
  let at = 0
  while (filled + bytes.length - at >= blockSize) {
    const next = bytes.subarray(at, at + windowSize - filled)
    memory.set(next, inputAt + filled)
    const whole = filled + next.length - ((filled + next.length) % blockSize)
    mixBlocks(inputAt, inputAt + whole)
    at += whole - filled
    filled = 0
  }
  state.set(memory.subarray(stateAt, stateAt + blockSize))
  return bytes.length - at
}

function digestShort(message: Uint8Array): Uint8Array {
  const { bytes: memory, hashShort } = engine()
  memory.set(message, inputAt)
  memory.fill(0, inputAt + message.length, inputAt + message.length + 16)
  hashShort(inputAt, message.length)
  return memory.slice(stateAt, stateAt + hashSize)
}

function digestLong(state: Uint8Array, rest: Uint8Array): Uint8Array {
  const { bytes: memory, finishLong } = engine()
  memory.set(state, stateAt)
  memory.fill(0, inputAt, inputAt + blockSize)
  memory.set(rest, inputAt)
  finishLong(inputAt, rest.length)
  return memory.slice(stateAt, stateAt + hashSize)
}

/** A SpookyHash V2 of 128 bits with both seeds 0, to be fed piece by piece. */
export function createSpookyHash(): SpookyHash {
  const state = initialState()
  const pending = new Uint8Array(longFrom)
  let held = 0
  let isLong = false

  return {
    update(bytes) {
      let left = bytes.length
      if (isLong ? held + left >= blockSize : held + left >= longFrom) {
        isLong = true
        left = mix(state, pending.subarray(0, held), bytes)
        held = 0
      }
      pending.set(bytes.subarray(bytes.length - left), held)
      held += left
    },
    digest: () => (isLong ? digestLong(state, pending.subarray(0, held)) : digestShort(pending.subarray(0, held))),
  }
}

/** The SpookyHash V2 of 128 bits, both seeds 0: 16 bytes, each half with its lowest byte first. */
export function spookyHash(bytes: Uint8Array): Uint8Array {
  if (bytes.length < longFrom) return digestShort(bytes)
  const hash = createSpookyHash()
  hash.update(bytes)
  return hash.digest()
}
