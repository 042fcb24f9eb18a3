import { zipSync } from 'fflate'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { cutFile } from '../../src/index.ts'
import { cuttingThread } from '../../src/node/cutting-thread.ts'
import { build } from '../built.ts'
import { random } from '../objects/mutations.ts'

beforeAll(build, 120_000)

const next = random(3)
const noise = (size: number) => Uint8Array.from({ length: size }, () => Math.floor(next() * 256))
const archive = Buffer.from(zipSync({ 'one.jpeg': noise(3_500_000), 'two.xml': noise(9000) }, { level: 0 }))
const plain = noise(5_000_000)

function thread() {
  const made = cuttingThread()
  onTestFinished(() => made.close())
  return made
}

/** A cut whose bytes are as they come out of a thread. */
const cutHere = (bytes: Uint8Array) => structuredClone(cutFile(bytes))

describe('A thread that cuts files', () => {
  test('cuts them as they are cut without it, and leaves their bytes alone', async () => {
    const { cut } = thread()
    const before = Buffer.from(archive)
    expect(await cut(archive)).toEqual(cutHere(archive))
    expect(archive.equals(before)).toBe(true)
    expect(await cut(plain)).toEqual(cutHere(plain))
    expect(await cut(new Uint8Array())).toEqual([])
    const shared = new Uint8Array(new SharedArrayBuffer(plain.length))
    shared.set(plain)
    expect(await cut(shared)).toEqual(cutHere(plain))
  })

  test('cuts one after the other, whoever asks', async () => {
    const { cut } = thread()
    const cuts = await Promise.all([cut(plain), cut(archive), cut(plain), cut(archive)])
    expect(cuts).toEqual([plain, archive, plain, archive].map(cutHere))
  })

  test('that is ended tells who waits, and begins again with the next file', async () => {
    const { cut, close } = thread()
    const waiting = cut(plain)
    const told = expect(waiting).rejects.toThrow()
    await new Promise((resolve) => setImmediate(resolve))
    await close()
    await told
    expect(await cut(archive)).toEqual(cutHere(archive))
  })
})
