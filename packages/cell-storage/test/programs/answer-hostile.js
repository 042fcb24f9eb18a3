// Sends bodies that mean harm to cell storage, and says what came of each: one line of JSON for each body.
import { readFileSync, writeFileSync } from 'node:fs'
import {
  createCellStorage,
  memoryCellFile,
  memoryCellLocks,
  memoryCellStore,
  memoryEditorsTables,
  partitions,
} from '../../dist/index.js'

const MiB = 2 ** 20
const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const start = hex('0c000b009ccf29f33994069b 06020000')

const body = (inside) =>
  Buffer.concat([
    Buffer.from(
      '<RequestVersion Version="2" MinorVersion="2"/><RequestCollection CorrelationId="a"><Request RequestToken="1">',
    ),
    ...[inside].flat(),
    Buffer.from('</Request></RequestCollection>'),
  ])

const cellOf = (...data) =>
  body([
    Buffer.from('<SubRequest Type="Cell" SubRequestToken="1"><SubRequestData>'),
    ...data,
    Buffer.from('</SubRequestData></SubRequest>'),
  ])

const cell = (...message) => cellOf(Buffer.from(Buffer.concat([start, ...message]).toString('base64')))

const queryAccess = '1602060003020001 0b010301'.replaceAll(' ', '')

/** Each body by what it is. Bodies are made one after the other, so that no two are held at once. */
const bodies = {
  'one of 100 MB': () => Buffer.alloc(100 * MiB, 0x20),
  'markup alone': () => Buffer.alloc(60 * MiB, '<a>'),
  'one comment': () => body([Buffer.from('<!--'), Buffer.alloc(60 * MiB, 'x'), Buffer.from('-->')]),
  'entities alone': () => cellOf(Buffer.alloc(60 * MiB, '&amp;')),
  'an attribute of 60 MB': () => body([Buffer.from('<a b="'), Buffer.alloc(60 * MiB, 'x'), Buffer.from('"/>')]),
  'a thousand elements in each other': () => body(Buffer.from(`${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`)),
  'text that is no base64': () => cellOf(Buffer.alloc(60 * MiB, '*')),
  'millions of objects': () => cell(Buffer.alloc(10 * MiB, hex('d001'))),
  'tens of millions of objects': () => cell(Buffer.alloc(45 * MiB, hex('d001'))),
  'objects 10,000 deep': () => cell(Buffer.alloc(20_000, hex('dc01'))),
  'an object of gigabytes': () => cell(hex('d2 05 fe ff 80 00 00 00 00 00 01 00 00')),
  'a list of billions': () => cell(hex('92 12 16 00 80 ff ff ff ff ff 00 00 00')),
  'a million sub-requests': () => body(Buffer.alloc(30 * MiB, '<SubRequest Type="Cell" SubRequestToken="1"/>')),
  'thousands of sub-requests': () =>
    body(Buffer.from('<SubRequest Type="ServerTime" SubRequestToken="1"/>'.repeat(9000))),
  'thousands of questions': () => cell(Buffer.alloc((queryAccess.length / 2) * 50_000, hex(queryAccess)), hex('0301')),
}

/** A value of the kernel about this process, in bytes. */
const kernel = (name) =>
  1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1])

const file = memoryCellFile({ by: { login: 'ann', name: 'Ann' }, now: () => 0, bytes: Buffer.from('as before') })
const store = memoryCellStore()
const errors = []
const storage = createCellStorage({
  store,
  locks: memoryCellLocks(),
  editors: memoryEditorsTables(),
  now: () => 0,
  onError: (error) => errors.push(String(error)),
})
const caller = { login: 'ann', name: 'Ann', isAnonymous: false, canWrite: true }

/** Bytes as a socket has them. */
async function* flowing(bytes) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

const send = (bytes) => storage.answer({ body: flowing(bytes), size: bytes.length, file: '42', caller, ...file })
const kept = async () => (await store.read({ file: '42', partition: partitions.content }))?.version

await send(cell(hex('16020600030200 01'), hex('0b01 0301')))
for (const [name, make] of Object.entries(bodies)) {
  const bytes = make()
  const before = await kept()
  globalThis.gc?.()
  // From here on the kernel remembers the most memory that this process has had.
  writeFileSync('/proc/self/clear_refs', '5')
  const idle = kernel('VmRSS')
  const begin = process.cpuUsage()
  const { status, body: pieces } = await send(bytes)
  const answer = [...pieces].join('')
  const { user, system } = process.cpuUsage(begin)
  console.log(
    JSON.stringify({
      name,
      status,
      codes: [...new Set([...answer.matchAll(/<SubResponse [^>]*ErrorCode="(\w+)"/g)].map(([, code]) => code))],
      milliseconds: Math.round((user + system) / 1000),
      mebibytes: Math.round((kernel('VmHWM') - idle) / MiB),
      isUnchanged: (await kept()) === before && Buffer.from(file.bytes()).toString() === 'as before',
      errors: errors.splice(0),
    }),
  )
}
