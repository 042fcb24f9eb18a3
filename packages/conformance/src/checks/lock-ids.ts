import type { Check } from '../check.ts'
import { expectLock, expectStatus, expectThat } from '../findings.ts'
import { locked } from '../world.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest'
const spec = `${docs}/concepts#lock`

const accepted: readonly (readonly [what: string, lock: (random: string) => string])[] = [
  ['of 256 characters', (random) => random.padEnd(256, 'x')],
  [
    'that is JSON, as Office sends it,',
    (random) => `{"S":"${random}","F":4,"E":2,"M":"00-15-5d","P":"2C42 \\"quoted\\" a+b/c=="}`,
  ],
  ['that holds every printable ASCII character', (random) => `${random}${ascii()}${random}`],
  ['that looks like a second header once it is decoded', (random) => `${random}%0d%0aX-Injected: yes`],
]

const ascii = () => Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('')

const survivors = accepted.map(
  ([what, make]): Check => ({
    says: `A lock id ${what} comes back byte for byte.`,
    group: 'locks',
    covers: ['lock', 'unlock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec: `${docs}/files/lock`,
    async run(world) {
      const lock = make(world.newLock())
      const target = await world.scratch()
      expectStatus(await target.ask('lock', { lock }), [200])
      const answer = await target.ask('unlock', { lock: world.newLock() })
      expectStatus(answer, [409])
      expectThat(!answer.headers.has('X-Injected'), 'no header X-Injected', 'one')
      expectLock(answer, lock)
    },
  }),
)

const others: readonly (readonly [what: string, other: (lock: string) => string])[] = [
  ['in upper case', (lock) => lock.toUpperCase()],
  ['with more behind it', (lock) => `${lock}x`],
  ['without its last character', (lock) => lock.slice(0, -1)],
]

const differences = others.map(
  ([what, other]): Check => ({
    says: `A lock id ${what} is another lock id.`,
    group: 'locks',
    covers: ['unlock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec,
    async run(world) {
      const lock = `${world.newLock()}-id`
      const target = await locked(await world.scratch(), lock)
      expectStatus(await target.ask('unlock', { lock: other(lock) }), [409])
    },
  }),
)

/** What a lock id may be, and when two are the same. */
export const lockIds: readonly Check[] = [...survivors, ...differences]
