import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { bytesOf, locked, says, textIn, type World } from '../world.ts'
import { fileInfoOf, suggesting } from './named-in.ts'

const sdk = 'https://sdk.collaboraonline.com/docs/How_to_integrate.html'
const saves = {
  group: 'clients',
  client: 'Collabora Online',
  covers: ['putFile'],
  promised: ['SupportsUpdate'],
  needs: ['scratch'],
  spec: 'https://sdk.collaboraonline.com/docs/advanced_integration.html#detecting-external-document-change',
} as const
const told = { group: 'clients', client: 'Collabora Online', covers: ['checkFileInfo'], spec: sdk } as const

interface Session {
  readonly target: Target
  /** The time that the client knows of the file. */
  readonly known: string
  readonly input: Readonly<Record<string, unknown>>
}

/** A document as Collabora has it open: locked, with the time that CheckFileInfo said. */
async function opened(world: World): Promise<Session> {
  const target = await world.scratch('before')
  const { LastModifiedTime } = await fileInfoOf(target)
  if (typeof LastModifiedTime !== 'string') throw new CannotRun('CheckFileInfo does not say LastModifiedTime.')
  if (!says(world.info, 'SupportsLocks')) return { target, known: LastModifiedTime, input: {} }
  const lock = world.newLock()
  await locked(target, lock)
  return { target, known: LastModifiedTime, input: { lock } }
}

const saveAs = ({ target, input }: Session, text: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
  target.ask('putFile', { ...input, content: bytesOf(text) }, { headers })

const earlier = '2001-01-01T00:00:00.0000000Z'

const spellings = ['X-COOL-WOPI', 'X-LOOL-WOPI'] as const

const conflicts = spellings.flatMap((prefix): Check[] => [
  {
    ...saves,
    says: `A save that comes with the time of the file in ${prefix}-Timestamp is taken.`,
    async run(world) {
      const session = await opened(world)
      expectStatus(await saveAs(session, 'after', { [`${prefix}-Timestamp`]: session.known }), [200])
    },
  },
  {
    ...saves,
    says: `A save that comes with another time in ${prefix}-Timestamp is refused with 409 and COOLStatusCode 1010, and the file stays as it is.`,
    async run(world) {
      const session = await opened(world)
      const answer = await saveAs(session, 'after', { [`${prefix}-Timestamp`]: earlier })
      expectStatus(answer, [409])
      const { COOLStatusCode, LOOLStatusCode } = jsonOf(answer) ?? {}
      expectThat(COOLStatusCode === 1010 || LOOLStatusCode === 1010, '{"COOLStatusCode":1010}', shown(jsonOf(answer)))
      const text = await textIn(session.target)
      expectThat(text === 'before', 'the content "before"', `"${text}"`)
    },
  },
  {
    ...saves,
    says: `What ${prefix}-IsAutosave, -IsExitSave, -IsModifiedByUser and -ExtendedData say of a save keeps nobody from saving.`,
    async run(world) {
      const session = await opened(world)
      const headers = {
        [`${prefix}-IsAutosave`]: 'true',
        [`${prefix}-IsExitSave`]: 'false',
        [`${prefix}-IsModifiedByUser`]: 'true',
        [`${prefix}-ExtendedData`]: 'openwopi check',
      }
      expectStatus(await saveAs(session, 'after', headers), [200])
      expectThat((await textIn(session.target)) === 'after', 'the content "after"', 'another')
    },
  },
])

/** What Collabora Online does, and what it makes of the answers. */
export const collabora: readonly Check[] = [
  ...conflicts,
  {
    ...saves,
    says: 'The 409 for a changed document has its number under both names, COOLStatusCode and LOOLStatusCode.',
    async run(world) {
      const answer = await saveAs(await opened(world), 'after', { 'X-COOL-WOPI-Timestamp': earlier })
      if (answer.status !== 409) throw new CannotRun(`A save with another time answered status ${answer.status}.`)
      const { COOLStatusCode, LOOLStatusCode } = jsonOf(answer) ?? {}
      expectThat(COOLStatusCode === 1010 && LOOLStatusCode === 1010, 'both are 1010', shown(jsonOf(answer)))
    },
  },
  {
    ...saves,
    says: 'A save after such a 409 is taken when it comes without a time, as its user wants to overwrite.',
    async run(world) {
      const session = await opened(world)
      await saveAs(session, 'refused', { 'X-COOL-WOPI-Timestamp': earlier })
      expectStatus(await saveAs(session, 'forced', {}), [200])
      expectThat((await textIn(session.target)) === 'forced', 'the content "forced"', 'another')
    },
  },
  {
    ...saves,
    says: 'The LastModifiedTime that PutFile answers is good for the next save.',
    async run(world) {
      const session = await opened(world)
      const answer = given(await saveAs(session, 'one', { 'X-COOL-WOPI-Timestamp': session.known }), 'PutFile')
      const { LastModifiedTime } = jsonOf(answer) ?? {}
      if (typeof LastModifiedTime !== 'string') throw new CannotRun('PutFile answers no LastModifiedTime.')
      expectStatus(await saveAs(session, 'two', { 'X-COOL-WOPI-Timestamp': LastModifiedTime }), [200])
    },
  },
  {
    ...saves,
    says: 'RenameFile with the whole document as its body renames the file and leaves its content.',
    covers: ['renameFile'],
    promised: ['SupportsRename', 'UserCanRename'],
    needs: ['own'],
    spec: `${docs.rest}/files/renamefile`,
    async run(world) {
      const session = await opened(world)
      const requestedName = world.workplace.newName('')
      const body = bytesOf('the whole document')
      expectStatus(await session.target.ask('renameFile', { ...session.input, requestedName }, { body }), [200])
      const { BaseFileName } = await fileInfoOf(session.target)
      expectThat(String(BaseFileName).startsWith(requestedName), `"${requestedName}…"`, shown(BaseFileName))
      expectThat((await textIn(session.target)) === 'before', 'the content "before"', 'another')
    },
  },
  {
    ...saves,
    says: 'The answer to RenameFile says a Url that opens the file, from which Collabora loads it again.',
    covers: ['renameFile'],
    promised: ['SupportsRename', 'UserCanRename'],
    needs: ['own'],
    spec: `${docs.rest}/files/renamefile`,
    async run(world) {
      const { target, input } = await opened(world)
      const requestedName = world.workplace.newName('')
      const answer = given(await target.ask('renameFile', { ...input, requestedName }), 'RenameFile')
      const { Url } = jsonOf(answer) ?? {}
      expectThat(typeof Url === 'string' && URL.canParse(Url), 'Url', shown(Url))
      const [wopiSrc = '', query = ''] = Url.split('?')
      const renamed = world.workplace.at(wopiSrc, new URLSearchParams(query).get('access_token') ?? '')
      expectStatus(await renamed.ask('checkFileInfo'), [200], 'at that Url')
    },
  },
  {
    ...saves,
    says: 'A save as another kind of file, with a suggested extension and the size of the body, answers Name and Url.',
    covers: ['putRelativeFile'],
    needs: ['own'],
    spec: `${docs.rest}/files/putrelativefile`,
    async run(world) {
      const content = bytesOf('openwopi check')
      const { headers } = suggesting(world.workplace.newName('.pdf'))
      const answer = await world.file.ask('putRelativeFile', { content, size: content.byteLength }, { headers })
      expectStatus(answer, [200])
      const { Name } = jsonOf(answer) ?? {}
      expectStatus(await world.workplace.adopt(answer).ask('checkFileInfo'), [200], 'at the Url')
      expectThat(String(Name).endsWith('.pdf'), 'a Name that ends in .pdf', shown(Name))
    },
  },
  {
    ...told,
    says: 'CheckFileInfo says LastModifiedTime, by which Collabora sees that a file has changed.',
    async run({ info }) {
      expectThat(typeof info['LastModifiedTime'] === 'string', 'LastModifiedTime', shown(info['LastModifiedTime']))
    },
  },
  {
    ...told,
    says: 'CheckFileInfo says UserFriendlyName, without which Collabora shows an unknown user.',
    async run({ info }) {
      const { UserFriendlyName } = info
      if (says(info, 'IsAnonymousUser')) throw new CannotRun('The user is nobody in particular.')
      expectThat(typeof UserFriendlyName === 'string' && UserFriendlyName !== '', 'a name', shown(UserFriendlyName))
    },
  },
]
