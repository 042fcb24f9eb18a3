import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { DocumentError } from '../../src/documents/package/document-error.ts'
import { usualLimits } from '../../src/documents/package/limits.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { patchPackage } from '../../src/documents/package/patch-package.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const name = fc.stringMatching(/^[a-z0-9_]{1,8}(\/[a-zA-Zäß0-9_.]{1,8}x){0,2}$/)
const content = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 300 }).map(bytes))
const parts = fc
  .uniqueArray(fc.tuple(name, content), { selector: ([key]) => key.toLowerCase(), maxLength: 12 })
  .map((all) => new Map(all))

/** The packed bytes of each entry with its header, by name. */
function stored(archive: Uint8Array): Map<string, string> {
  const { directory } = openPackage(archive)
  const raw = ({ start, end }: { start: number; end: number }) =>
    Buffer.from(archive.subarray(start, end)).toString('hex')
  return new Map(directory.entries.map((entry) => [entry.name, raw(entry)]))
}

test('What another program has packed is read as it was.', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom(0, 6, 9), (given, level) => {
      const archive = zipSync(Object.fromEntries(given), { level: level as 0 | 6 | 9 })
      const pkg = openPackage(archive)
      expect(new Set(pkg.names)).toEqual(new Set(given.keys()))
      for (const [key, value] of given) expect(Buffer.from(pkg.read(key)).equals(Buffer.from(value))).toBe(true)
    }),
  )
})

test('A patch changes, adds and removes what it names, and leaves every other entry byte for byte where it was.', () => {
  fc.assert(
    fc.property(parts, parts, fc.array(fc.nat(20), { maxLength: 3 }), (given, more, gone) => {
      const before = zipSync(Object.fromEntries(given), { level: 6 })
      const pkg = openPackage(before)
      const isClash = (key: string) =>
        !given.has(key) && pkg.names.some((one) => one.toLowerCase() === key.toLowerCase())
      const changes = new Map<string, Uint8Array | undefined>([...more].filter(([key]) => !isClash(key)))
      for (const index of gone) {
        const key = pkg.names[index]
        if (key !== undefined) changes.set(key, undefined)
      }
      const after = patchPackage(pkg, changes)
      const all = new Map([...given, ...changes])
      const expected = new Map([...all].filter(([, value]) => value !== undefined))
      expect(new Set(openPackage(after).names)).toEqual(new Set(expected.keys()))
      const [old, now] = [stored(before), stored(after)]
      for (const key of given.keys()) if (!changes.has(key)) expect(now.get(key)).toBe(old.get(key))
      for (const [key, value] of expected)
        expect(Buffer.compare(openPackage(after).read(key), value ?? bytes(''))).toBe(0)
      const kept = pkg.names.filter((key) => expected.has(key))
      expect(openPackage(after).names.slice(0, kept.length)).toEqual(kept)
    }),
  )
})

test('A patch of nothing is the same package, byte for byte.', () => {
  const before = zipSync({ 'a.xml': bytes('one'), 'b/c.xml': bytes('two'.repeat(100)) })
  expect(Buffer.compare(patchPackage(openPackage(before), new Map()), before)).toBe(0)
})

test('Another program finds nothing wrong with a patched package.', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  const before = zipSync({ 'a.xml': bytes('one'), 'b/c.xml': bytes('two'.repeat(100)) })
  const after = patchPackage(
    openPackage(before),
    new Map([
      ['a.xml', bytes('new '.repeat(50))],
      ['ü.xml', bytes('added')],
    ]),
  )
  writeFileSync(join(folder, 'patched.zip'), after)
  const script = `import zipfile, sys; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([(n, len(z.read(n))) for n in z.namelist()])`
  const said = execFileSync('python3', ['-c', script, join(folder, 'patched.zip')], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(said.trim()).toBe("[('a.xml', 200), ('b/c.xml', 300), ('ü.xml', 5)]")
})

test('Packages are compared by what is in their parts, not by how it is packed.', () => {
  const given = { 'a.xml': bytes('one'), 'b.xml': bytes('two'.repeat(100)) }
  const before = openPackage(zipSync(given, { level: 0 }))
  expect(comparePackages(before, openPackage(zipSync(given, { level: 9 })))).toEqual([])
  const after = openPackage(buildPackage({ 'b.xml': 'two'.repeat(99), 'c.xml': 'three' }))
  expect(comparePackages(before, after)).toEqual([
    { name: 'a.xml', is: 'removed' },
    { name: 'c.xml', is: 'added' },
    { name: 'b.xml', is: 'changed' },
  ])
})

/** Changes a number of the archive's first directory record, or of its first header. */
function forge(
  archive: Uint8Array,
  at: 'record' | 'header',
  offset: number,
  value: number,
  size: 2 | 4 = 4,
): Uint8Array {
  const forged = archive.slice()
  const view = new DataView(forged.buffer)
  const start = at === 'header' ? 0 : view.getUint32(forged.length - 22 + 16, true)
  if (size === 4) view.setUint32(start + offset, value, true)
  else view.setUint16(start + offset, value, true)
  return forged
}

const faultOf = (run: () => unknown): string => {
  try {
    run()
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause
    expect(cause.message).toMatch(/^This document .*\.$/)
    return cause.fault
  }
  return 'none'
}
const readAll = (archive: Uint8Array, limits = usualLimits) => {
  const pkg = openPackage(archive, limits)
  for (const one of pkg.names) pkg.read(one)
}

test('A lying, broken or hostile archive ends in a sentence.', () => {
  const good = zipSync({ 'a.xml': bytes('hello '.repeat(50)), 'b.xml': bytes('world '.repeat(50)) }, { level: 6 })
  const size = 300
  expect(faultOf(() => readAll(good))).toBe('none')
  expect(faultOf(() => readAll(bytes('no archive at all')))).toBe('damaged')
  expect(faultOf(() => readAll(good.subarray(0, good.length - 5)))).toBe('damaged')
  expect(faultOf(() => readAll(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)))).toBe('protected')
  expect(faultOf(() => readAll(forge(good, 'record', 8, 1, 2)))).toBe('protected')
  expect(faultOf(() => readAll(forge(good, 'record', 10, 12, 2)))).toBe('unsupported')
  expect(faultOf(() => readAll(forge(good, 'record', 24, size * 2)))).toBe('damaged')
  expect(faultOf(() => readAll(forge(forge(good, 'record', 24, size * 2), 'header', 22, size * 2)))).toBe('damaged')
  expect(faultOf(() => readAll(forge(forge(good, 'record', 24, 7), 'header', 22, 7)))).toBe('damaged')
  expect(faultOf(() => readAll(forge(good, 'record', 16, 1)))).toBe('damaged')
  expect(faultOf(() => readAll(forge(good, 'record', 42, 0xffffffff)))).toBe('unsupported')
  expect(faultOf(() => readAll(forge(good, 'record', 42, 3)))).toBe('damaged')
  expect(faultOf(() => readAll(forge(good, 'record', 20, 5000)))).toBe('damaged')
  expect(faultOf(() => readAll(good, { ...usualLimits, entries: 1 }))).toBe('too-large')
  expect(faultOf(() => readAll(good, { ...usualLimits, totalSize: 500 }))).toBe('too-large')
  expect(faultOf(() => readAll(good, { ...usualLimits, partSize: 299 }))).toBe('too-large')
  expect(faultOf(() => readAll(good, { ...usualLimits, packageSize: 10 }))).toBe('too-large')
})

test('Two entries over the same bytes are no document.', () => {
  const good = zipSync({ 'a.xml': bytes('same'), 'b.xml': bytes('same') }, { level: 0 })
  const forged = good.slice()
  const view = new DataView(forged.buffer)
  const first = view.getUint32(forged.length - 22 + 16, true)
  view.setUint32(first + 46 + 5 + 42, 0, true)
  expect(faultOf(() => readAll(forged))).toBe('damaged')
})

test('A bomb is recognised by its table of contents, and one that lies there by what comes out of it.', () => {
  const bomb = zipSync({ 'a.xml': new Uint8Array(32 * 1024 * 1024) }, { level: 9 })
  expect(faultOf(() => readAll(bomb))).toBe('too-large')
  const lying = forge(forge(bomb, 'record', 24, 1000), 'header', 22, 1000)
  expect(faultOf(() => readAll(lying))).toBe('damaged')
})

test.each(['../a.xml', '/a.xml', 'a/../../b.xml', 'a\\b.xml', 'c:a.xml', './a.xml', 'a//b.xml'])(
  'A part called %s is no part.',
  (bad) => {
    expect(faultOf(() => readAll(zipSync({ [bad]: bytes('x') })))).toBe('damaged')
  },
)

test('Names that differ by case alone are the same name.', () => {
  expect(faultOf(() => readAll(zipSync({ 'a.xml': bytes('x'), 'A.XML': bytes('y') })))).toBe('damaged')
})

test('Whatever single byte is broken, an archive is read as it was or ends in a sentence.', () => {
  const given = { 'a.xml': bytes('hello '.repeat(20)), 'word/b.xml': bytes('<w/>') }
  const good = zipSync(given, { level: 6 })
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
      const broken = good.slice()
      broken[at] = value
      expect(['none', 'damaged', 'unsupported', 'protected', 'too-large']).toContain(faultOf(() => readAll(broken)))
    }),
    { numRuns: 1500 },
  )
})
