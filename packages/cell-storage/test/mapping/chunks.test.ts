import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { fileChunks } from '../../src/mapping/file-chunks.ts'
import { md4 } from '../../src/mapping/md4.ts'
import { rdcChunks, rdcCuts } from '../../src/mapping/rdc-chunks.ts'
import { rollingTable } from '../../src/mapping/rolling-table.ts'
import { simpleChunks } from '../../src/mapping/simple-chunks.ts'
import { zipChunks } from '../../src/mapping/zip-chunks.ts'

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex')
const joined = (chunks: readonly { readonly bytes: Uint8Array }[]) => Buffer.concat(chunks.map(({ bytes }) => bytes))

/** The bytes that other implementations cut, too. */
function sample(size: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length: size }, () => {
    state = Number((BigInt(state) * 1103515245n + 12345n) % 2n ** 31n)
    return (state >> 16) & 255
  })
}

describe('MD4', () => {
  test.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
    ['Hello, cell storage!', 'f2d1e0c7d70a8117ff8e9927750d5473'],
  ])('of %j is %s', (text, hex) => {
    expect(hexOf(md4(Buffer.from(text)))).toBe(hex)
  })
})

/** Where the first chunk ends, by the words of the specification, without any haste. */
function plainCut(bytes: Uint8Array, start: number): number {
  const [horizon, size] = [16384, bytes.length]
  let hash = 0
  const hashes = Array.from(bytes, (byte, index) => {
    const mixed = hash ^ (rollingTable[bytes[index - 48] ?? 0] ?? 0) ^ (rollingTable[byte] ?? 0)
    hash = ((mixed << 2) | (mixed >>> 30)) >>> 0
    return hash
  })
  const end = Math.min(start + 65535, size)
  for (let at = start + horizon; at < end; at++) {
    if (at + horizon > size) return end
    let other = at - horizon
    while (other < Math.min(at + horizon, end) && (other === at || (hashes[other] ?? 0) < (hashes[at] ?? 0))) other++
    if (other < Math.min(at + horizon, end)) continue
    if (Math.floor(at / horizon) * horizon + 2 * horizon > size) continue
    if (size % horizon === 0 && Math.floor(start / horizon) * horizon + 2 * horizon === size) continue
    return at
  }
  return end
}

describe('A file that is no archive', () => {
  test.each([
    [16384, '16384/fe30b24f'],
    [16385, '16385/39e570bb'],
    [32768, '32768/2e2ac0f5'],
    [49152, '49152/e9ff6a02'],
    [65536, '35901/f33d9de5 29635/18085226'],
    [100000, '35901/f33d9de5 37887/83290a4e 26212/712c3e1a'],
    [131072, '35901/f33d9de5 37887/83290a4e 32235/550b7bc8 25049/07604a19'],
    [200000, '35901/f33d9de5 37887/83290a4e 32235/550b7bc8 20845/323f5277 20364/79324cb2 52768/e67b4289'],
    [
      262144,
      '35901/f33d9de5 37887/83290a4e 32235/550b7bc8 20845/323f5277 20364/79324cb2 46020/3dfe4e53 35476/da4fb0dd 33416/ba17373d',
    ],
  ])('of %d bytes is cut as others cut it', (size, expected) => {
    const chunks = rdcChunks(sample(size))
    expect(chunks.map(({ bytes, signature }) => `${bytes.length}/${hexOf(signature).slice(0, 8)}`).join(' ')).toBe(
      expected,
    )
    expect(joined(chunks).equals(sample(size))).toBe(true)
  })

  test('is cut at its highest points as the specification says', () => {
    const repetitive = Uint8Array.from({ length: 90_000 }, (_, index) => (index % 7) * (index % 3))
    const files = [repetitive, new Uint8Array(70_000), sample(80_000).fill(9, 20_000, 50_000)]
    for (const bytes of files) {
      const starts = [0, ...rdcCuts(bytes)]
      for (const [index, start] of starts.slice(0, 2).entries()) {
        if (bytes.length - start > 16384) expect(starts[index + 1] ?? bytes.length).toBe(plainCut(bytes, start))
      }
    }
  })

  test('keeps its chunks behind what is inserted', () => {
    const before = sample(400_000)
    const after = Buffer.concat([before.subarray(0, 1000), Buffer.from('inserted'), before.subarray(1000)])
    const known = new Set(rdcChunks(before).map(({ signature }) => hexOf(signature)))
    const changed = rdcChunks(after).filter(({ signature }) => !known.has(hexOf(signature)))
    expect(changed).toHaveLength(1)
  })

  test('has no chunks if it is empty, and one of all if it is small', () => {
    expect(fileChunks(new Uint8Array())).toEqual([])
    expect(fileChunks(Buffer.from('Hello, cell storage!'))).toHaveLength(1)
  })

  test('that is very large is cut into pieces of a megabyte', () => {
    const chunks = simpleChunks(new Uint8Array(3 * 2 ** 20 + 1))
    expect(chunks.map(({ bytes }) => bytes.length)).toEqual([2 ** 20, 2 ** 20, 2 ** 20, 1])
    expect(hexOf(chunks[0]?.signature ?? new Uint8Array())).toBe(sha1(new Uint8Array(2 ** 20)))
    const huge = simpleChunks(new Uint8Array(251 * 2 ** 20))
    expect(new Set(huge.map(({ signature }) => hexOf(signature))).size).toBe(251)
    expect(huge[0]?.signature).toHaveLength(12)
  })
})

/** The local header of an entry, with the numbers that the signatures are made of. */
function header(
  name: string,
  data: Uint8Array,
  { crc = 7, size = data.length, flags = 0, extra = Buffer.alloc(0) } = {},
) {
  const bytes = Buffer.alloc(30)
  bytes.writeUInt32LE(0x04034b50, 0)
  bytes.writeUInt16LE(flags, 6)
  bytes.writeUInt32LE(crc, 14)
  bytes.writeUInt32LE(size, 18)
  bytes.writeUInt32LE(extra.length > 0 ? 0xffffffff : 99, 22)
  bytes.writeUInt16LE(name.length, 26)
  bytes.writeUInt16LE(extra.length, 28)
  return Buffer.concat([bytes, Buffer.from(name), extra])
}

function dataSignature(crc: number, size: bigint, uncompressed: bigint): Buffer {
  const bytes = Buffer.alloc(20)
  bytes.writeUInt32LE(crc, 0)
  bytes.writeBigUInt64LE(size, 4)
  bytes.writeBigUInt64LE(uncompressed, 12)
  return bytes
}

describe('An archive', () => {
  const lengths = (bytes: Uint8Array) => zipChunks(bytes)?.map((chunk) => chunk.bytes.length)
  const signatures = (bytes: Uint8Array) => zipChunks(bytes)?.map((chunk) => hexOf(chunk.signature))

  test('has a small entry in one chunk with its header, and all the rest in the last', () => {
    const small = header('a.txt', Buffer.alloc(100))
    const rest = Buffer.from('the directory')
    const archive = Buffer.concat([small, Buffer.alloc(100), rest])
    const both = Buffer.from(sha1(small), 'hex').map((byte, index) => byte ^ (dataSignature(7, 100n, 99n)[index] ?? 0))
    expect(lengths(archive)).toEqual([135, rest.length])
    expect(signatures(archive)).toEqual([hexOf(both), sha1(rest)])
  })

  test('has header and data of a larger entry in two chunks', () => {
    const large = header('b.bin', Buffer.alloc(5000))
    const archive = Buffer.concat([large, Buffer.alloc(5000)])
    expect(lengths(archive)).toEqual([35, 5000])
    expect(signatures(archive)).toEqual([sha1(large), hexOf(dataSignature(7, 5000n, 99n))])
  })

  test('has the data of a very large entry in parts of three megabytes', () => {
    const size = 7 * 2 ** 20
    const chunks = zipChunks(Buffer.concat([header('c.bin', Buffer.alloc(size)), Buffer.alloc(size)]))
    expect(chunks?.map(({ bytes, parts }) => [bytes.length, parts?.map((part) => part.bytes.length)])).toEqual([
      [35, undefined],
      [size, [3 * 2 ** 20, 3 * 2 ** 20, 2 ** 20]],
    ])
    expect(new Set(chunks?.[1]?.parts?.map(({ signature }) => hexOf(signature))).size).toBe(3)
  })

  test('has its true sizes in the extra field of ZIP64', () => {
    const extra = Buffer.alloc(20)
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(16, 2)
    extra.writeBigUInt64LE(123_456n, 4)
    extra.writeBigUInt64LE(5000n, 12)
    const zip64 = header('d', Buffer.alloc(5000), { size: 0xffffffff, extra })
    const archive = Buffer.concat([zip64, Buffer.alloc(5000)])
    expect(lengths(archive)).toEqual([zip64.length, 5000])
    expect(signatures(archive)?.[1]).toBe(hexOf(dataSignature(7, 5000n, 123_456n)))
  })

  test('whose sizes stand behind the data is cut at its first header alone', () => {
    const archive = Buffer.concat([header('e', Buffer.alloc(0), { flags: 8 }), Buffer.alloc(500, 1)])
    expect(lengths(archive)).toEqual([31, 500])
  })

  test.each([
    ['whose first entry would end behind it', header('f', Buffer.alloc(1000))],
    ['that breaks off in its header', header('g', Buffer.alloc(0)).subarray(0, 20)],
    ['whose name would end behind it', header('hhhhh', Buffer.alloc(0)).subarray(0, 32)],
    [
      'of more entries than are looked at',
      Buffer.concat(Array.from({ length: 65_536 }, () => header('', Buffer.alloc(0)))),
    ],
  ])('%s is none', (_, bytes) => {
    expect(zipChunks(bytes)).toBeUndefined()
  })

  test('that an ordinary program has made is the file again, chunk behind chunk', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`part${index}.xml`, sample(index * 700)]),
    )
    const archive = zipSync(files)
    const chunks = fileChunks(archive)
    expect(chunks.length).toBeGreaterThan(40)
    expect(joined(chunks).equals(archive)).toBe(true)
  })

  test('that is broken anywhere is the file again as well', () => {
    const archive = zipSync({ 'a.xml': sample(3000), 'b.xml': sample(6000) })
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 255 }), fc.nat(), (at, value, length) => {
        const changed = archive.slice(0, length % (archive.length + 1))
        if (changed.length > 0) changed[at % changed.length] = value
        expect(joined(fileChunks(changed)).equals(changed)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
