import { textOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectStatus, expectThat } from '../findings.ts'
import type { Target } from '../target.ts'
import { shown } from '../words.ts'
import { textIn } from '../world.ts'
import {
  type Asked,
  about,
  bareBody,
  expectCode,
  hello,
  one,
  putHello,
  queryChanges,
  sendCells,
} from './cell-messages.ts'

const writes = { ...about, needs: ['own'], promised: ['SupportsCobalt', 'SupportsUpdate'] } as const

const saying = (asked: Asked, more: Readonly<Record<string, string>>): Asked => ({
  ...asked,
  data: { ...asked.data, ...more },
})

/** What a put is refused for, where the file is not what the client takes it for. */
const conditions = [
  ['that names another Etag than the file has', { Etag: '"openwopi check"' }],
  ['that wants no file to be there', { Etag: '', ExpectNoFileExists: 'true' }],
] as const

const kept = async (target: Target, content: string) =>
  expectThat((await textIn(target)) === content, `the content "${content}"`, 'another one')

/** Some day in 2020, in 100 nanoseconds since 1601. */
const someDay = '132275808001234567'

/** What a client says beside the cells that it puts, and what comes of it. */
export const cellConditions: readonly Check[] = [
  ...conditions.map(
    ([what, attributes]): Check => ({
      ...writes,
      says: `A put in cell storage ${what} is answered by CellRequestFail, and changes nothing.`,
      async run({ scratch }) {
        const target = await scratch('in place')
        expectCode(await one(target, saying(putHello, attributes)), ['CellRequestFail'])
        await kept(target, 'in place')
      },
    }),
  ),
  {
    ...writes,
    says: 'A put in cell storage that comes too late, and asks for that, is told another name for its file.',
    severity: 'should',
    async run({ scratch }) {
      const late = saying(putHello, { Etag: '', ExpectNoFileExists: 'true' })
      const request = 'RequestToken="1" ShouldReturnDisambiguatedFileName="true"'
      const answer = await sendCells(await scratch('in place'), [], { body: bareBody([late], '2', request) })
      expectStatus(answer, [200])
      const [, name] = / SuggestedFileName="([^"]*)"/.exec(textOf(answer)) ?? []
      expectThat(Boolean(name), 'a SuggestedFileName', shown(name))
    },
  },
  {
    ...writes,
    says: 'The LastModifiedTime that a put in cell storage says is told with GetFileProps.',
    severity: 'should',
    async run({ scratch }) {
      const target = await scratch('')
      expectCode(await one(target, saying(putHello, { LastModifiedTime: someDay })), ['Success'])
      const { data } = await one(target, saying(queryChanges, { GetFileProps: 'true' }))
      const told = data['LastModifiedTime']
      // Hosts may keep times in seconds.
      expectThat(told?.slice(0, 10) === someDay.slice(0, 10), `LastModifiedTime ${someDay}`, shown(told))
    },
  },
  {
    ...writes,
    says: 'A put in cell storage with an ExclusiveLockID holds the file by that lock, and a question takes none.',
    async run({ scratch }) {
      const target = await scratch('')
      const lock = { ExclusiveLockID: '5f6b3c1e-3c8b-4c57-9f3e-8f7f5d1c2a10', Timeout: '3600' }
      const asked = (type: string): Asked => ({
        type: 'ExclusiveLock',
        data: { ...lock, ExclusiveLockRequestType: type },
      })
      expectCode(await one(target, saying(queryChanges, lock)), ['Success'])
      expectCode(await one(target, asked('ReleaseLock')), ['FileNotLockedOnServer'])
      const { data, ...put } = await one(target, saying(putHello, lock))
      expectCode({ ...put, data }, ['Success'])
      expectCode(await one(target, asked('ReleaseLock')), ['Success'])
      expectThat(data['LockType'] === 'ExclusiveLock', 'LockType ExclusiveLock', shown(data['LockType']))
      expectThat((await textIn(target)) === hello, hello, await textIn(target))
    },
  },
  {
    ...about,
    says: 'Properties in cell storage are listed, or are not supported.',
    async run({ file }) {
      const asked = { type: 'Properties', data: { Properties: 'PropertyEnumerate' } }
      expectCode(await one(file, asked), ['Success', 'RequestNotSupported', 'InvalidSubRequest'])
    },
  },
]
