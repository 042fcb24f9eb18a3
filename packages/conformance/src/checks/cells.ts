import type { Answer } from '../answer.ts'
import { textOf, wordsOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { shown } from '../words.ts'
import { bytesOf, locked, save, textIn, type World } from '../world.ts'
import { cellConditions } from './cell-conditions.ts'
import {
  type Asked,
  about,
  answeredIn,
  bareBody,
  cells,
  expectCode,
  firstElement,
  hello,
  one,
  onlyIn,
  putHello,
  queryChanges,
  sendCells,
  soapBody,
} from './cell-messages.ts'
import { fileInfoOf } from './named-in.ts'

const writes = { ...about, needs: ['own'] } as const
const time: Asked = { type: 'ServerTime' }

/** Messages begin with their version, the oldest version that reads them, and the number that marks an answer. */
const startsMessage = (base64: string): boolean => /^D[AQg]ALAJ3PKfM5lAab/.test(base64)

const join: Asked = {
  type: 'Coauth',
  data: {
    CoauthRequestType: 'JoinCoauthoring',
    SchemaLockID: '29358EC1-E813-4793-8E70-ED0344E7B73C',
    ClientID: '7d9a4f6e-6d9b-4d0e-9c6b-2f7a3f0f4d11',
    Timeout: '3600',
  },
}
const exit: Asked = { ...join, data: { ...join.data, CoauthRequestType: 'ExitCoauthoring' } }

/** Runs while a client of cell storage has the file, and lets it go. */
async function whileJoined(target: Target, look: () => Promise<void>): Promise<void> {
  expectCode(await one(target, join), ['Success'])
  try {
    await look()
  } finally {
    await sendCells(target, [exit])
  }
}

const bodies = [
  ['two elements with none around them', bareBody([time]), 'ResponseVersion'],
  ['a SOAP envelope', soapBody([time]), 'Envelope'],
] as const

const forms = bodies.map(
  ([what, body, element]): Check => ({
    ...about,
    says: `A body of cell storage that is ${what} is answered by one of the same form.`,
    async run({ file }) {
      const answer = await sendCells(file, [], { body })
      expectStatus(answer, [200])
      expectThat(firstElement(answer) === element, `<${element}>`, `<${firstElement(answer)}>`)
      expectCode(onlyIn(answer), ['Success'])
    },
  }),
)

const noBodies = [
  ['that is empty', ''],
  ['that is no XML', 'openwopi check'],
  ['that breaks off', bareBody([time]).slice(0, 200)],
] as const

const malformed = noBodies.map(
  ([what, body]): Check => ({
    ...about,
    says: `A body of cell storage ${what} is refused with 500.`,
    severity: 'should',
    async run({ file }) {
      expectStatus(await sendCells(file, [], { body }), [500])
    },
  }),
)

const wopiOperations = (lock: string) =>
  [
    ['Lock', (target: Target) => target.ask('lock', { lock })],
    ['PutFile', (target: Target) => target.ask('putFile', { lock, content: bytesOf('changed') })],
  ] as const

/** Clients of the two protocols, and who keeps out whom. */
const bothLocks: readonly Check[] = [
  ...wopiOperations('').map(
    ([name], index): Check => ({
      ...writes,
      says: `${name} on a file that clients of cell storage hold is refused with 409, which names no lock.`,
      severity: 'should',
      covers: ['executeCellStorageRequest', name === 'Lock' ? 'lock' : 'putFile'],
      promised: ['SupportsCobalt', 'SupportsLocks'],
      async run(world) {
        const target = await world.scratch('in place')
        await whileJoined(target, async () => {
          const answer = await wopiOperations(world.newLock())[index]?.[1](target)
          if (answer) expectStatus(answer, [409])
          expectThat(!answer?.headers.get('X-WOPI-Lock'), 'no X-WOPI-Lock', answer ? wordsOf(answer) : 'nothing')
          expectThat((await textIn(target)) === 'in place', 'the content "in place"', 'another one')
        })
      },
    }),
  ),
  {
    ...writes,
    says: 'A file that is locked is not taken by clients of cell storage: FileAlreadyLockedOnServer.',
    severity: 'should',
    covers: ['executeCellStorageRequest', 'lock'],
    promised: ['SupportsCobalt', 'SupportsLocks'],
    async run(world) {
      const target = await locked(await world.scratch(), world.newLock())
      const answered = await one(target, join)
      if (answered.errorCode === 'Success') await sendCells(target, [exit])
      expectCode(answered, ['FileAlreadyLockedOnServer'])
    },
  },
]

/** Sends a body about the file beside another one that has this name. */
const askBeside = (target: Target, relativeTarget: string, asked: Asked): Promise<Answer> =>
  target.ask('executeCellStorageRelativeRequest', { relativeTarget }, { body: bareBody([asked]) })

const relative: readonly Check[] = [
  {
    ...about,
    says: 'ExecuteCellStorageRelativeRequest is about the file of that name beside the one that is addressed.',
    covers: ['executeCellStorageRelativeRequest'],
    needs: ['own', 'copies'],
    async run({ scratch }) {
      const [target, other] = [await scratch('one'), await scratch('two')]
      const direct = await one(other, queryChanges)
      const { BaseFileName } = await fileInfoOf(other)
      const answer = await askBeside(target, String(BaseFileName), queryChanges)
      expectStatus(answer, [200])
      const { data } = onlyIn(answer)
      expectThat(data['Etag'] === direct.data['Etag'], `Etag ${direct.data['Etag']}`, `Etag ${data['Etag']}`)
    },
  },
  {
    ...about,
    says: 'ExecuteCellStorageRelativeRequest that asks for the cells of a file that is not there fails in its answer.',
    covers: ['executeCellStorageRelativeRequest'],
    async run({ file, workplace }) {
      const answer = await askBeside(file, workplace.newName(), queryChanges)
      expectStatus(answer, [200])
      const { errorCode } = onlyIn(answer)
      expectThat(errorCode !== 'Success', 'an ErrorCode that is none of success', `ErrorCode ${shown(errorCode)}`)
    },
  },
]

/** What clients of cell storage change, and what they see of the changes of others. */
const contents: readonly Check[] = [
  {
    ...writes,
    says: 'GetFile answers at once what was put through cell storage, and CheckFileInfo its version.',
    covers: ['executeCellStorageRequest', 'getFile', 'checkFileInfo'],
    promised: ['SupportsCobalt', 'SupportsUpdate'],
    async run({ scratch }: World) {
      const target = await scratch('')
      const { Version: before } = await fileInfoOf(target)
      expectCode(await one(target, putHello), ['Success'])
      expectThat((await textIn(target)) === hello, hello, await textIn(target))
      const { Version: after } = await fileInfoOf(target)
      expectThat(after !== before, 'another Version', shown(after))
    },
  },
  {
    ...writes,
    says: 'The Etag of the cells changes with PutFile, and stays when nothing is changed.',
    covers: ['executeCellStorageRequest', 'putFile'],
    promised: ['SupportsCobalt', 'SupportsUpdate'],
    async run(world) {
      const target = await world.scratch('before')
      const etag = async () => (await one(target, queryChanges)).data['Etag']
      const before = await etag()
      expectThat(Boolean(before), 'an Etag', shown(before))
      expectThat((await etag()) === before, `Etag ${before}`, 'another one')
      given(await save(world, target, 'after'), 'PutFile')
      expectThat((await etag()) !== before, 'another Etag', shown(before))
    },
  },
]

/** The protocol in which clients read and write files piece by piece, as far as it is seen from outside. */
export const cellStorage: readonly Check[] = [
  ...forms,
  ...malformed,
  {
    ...about,
    says: 'ServerTime in cell storage is the time at the host, in ticks since the year 1.',
    async run({ file, now }) {
      const answered = await one(file, time)
      expectCode(answered, ['Success'])
      const ticks = answered.data['ServerTime'] ?? ''
      const milliseconds = /^\d{18,19}$/.test(ticks) ? Number(BigInt(ticks) / 10_000n) - 62_135_596_800_000 : Number.NaN
      expectThat(Math.abs(milliseconds - now()) < 600_000, 'within ten minutes of now', shown(ticks))
    },
  },
  {
    ...about,
    says: 'WhoAmI in cell storage names the login of the user.',
    async run({ file }) {
      const answered = await one(file, { type: 'WhoAmI' })
      expectCode(answered, ['Success'])
      expectThat(Boolean(answered.data['UserLogin']), 'a UserLogin', shown(answered.data['UserLogin']))
    },
  },
  {
    ...about,
    says: 'Query Changes in cell storage answers a message with what the file is.',
    async run({ file }) {
      const answered = await one(file, queryChanges)
      expectCode(answered, ['Success'])
      expectThat(startsMessage(answered.base64), 'a message in base64', shown(answered.base64.slice(0, 40)))
    },
  },
  {
    ...about,
    says: 'Each sub-request of cell storage has one answer, under its own token.',
    async run({ file }) {
      const answer = await sendCells(file, [time, { type: 'WhoAmI' }, queryChanges])
      expectStatus(answer, [200])
      const tokens = answeredIn(answer).map(({ token }) => token)
      expectThat(tokens.join() === '1,2,3', 'the tokens 1, 2, 3', tokens.join(', '))
    },
  },
  {
    ...about,
    says: 'A sub-request that cell storage does not know is answered by InvalidSubRequest, and those beside it as ever.',
    async run({ file }) {
      const answer = await sendCells(file, [{ type: 'OpenWopiCheck' }, time])
      expectStatus(answer, [200])
      const [first, second] = answeredIn(answer)
      if (first) expectCode(first, ['InvalidSubRequest'])
      expectThat(second?.errorCode === 'Success', 'ErrorCode Success', `ErrorCode ${shown(second?.errorCode)}`)
    },
  },
  {
    ...about,
    says: 'A sub-request for cells that is no message is answered by CellRequestFail.',
    async run({ file }) {
      expectCode(await one(file, cells('b3BlbndvcGkgY2hlY2s=')), ['CellRequestFail'])
    },
  },
  {
    ...about,
    says: 'A body of cell storage in a version that nobody speaks is answered by IncompatibleVersion.',
    async run({ file }) {
      const answer = await sendCells(file, [], { body: bareBody([time], '1') })
      expectStatus(answer, [200])
      expectThat(/ErrorCode="IncompatibleVersion"/.test(textOf(answer)), 'IncompatibleVersion', wordsOf(answer))
    },
  },
  ...contents,
  ...cellConditions,
  ...bothLocks,
  ...relative,
]
