import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { docs, shown } from '../words.ts'
import { bytesOf, locked, says, textIn } from '../world.ts'
import { fileInfoOf, suggesting } from './named-in.ts'

const manners = {
  group: 'clients',
  client: 'ONLYOFFICE',
  spec: 'https://api.onlyoffice.com/docs/docs-api/using-wopi/wopi-rest-api/',
} as const

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** The lock id that ONLYOFFICE makes of an address: its last segment. */
const keyOf = (wopiSrc: string) => (wopiSrc.split('/').at(-1) ?? '').replace(/[^0-9\-.a-zA-Z_=]/g, '_').slice(0, 240)

/** What ONLYOFFICE does, and what it makes of the answers. */
export const onlyoffice: readonly Check[] = [
  {
    ...manners,
    says: 'Lock, RefreshLock and Unlock without a body but with the type of a form are understood.',
    covers: ['lock', 'refreshLock', 'unlock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    async run(world) {
      const target = await world.scratch()
      const lock = keyOf(target.wopiSrc)
      for (const name of ['lock', 'refreshLock', 'unlock'] as const)
        expectStatus(await target.ask(name, { lock }, { headers: form }), [200], `to ${name}`)
    },
  },
  {
    ...manners,
    says: 'Lock with the id that is held already succeeds for everyone who opens the file.',
    covers: ['lock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    async run(world) {
      const target = await world.scratch()
      const lock = keyOf(target.wopiSrc)
      for (const opener of ['first', 'second', 'third'])
        expectStatus(await target.ask('lock', { lock }), [200], `to the ${opener} Lock`)
    },
  },
  {
    ...manners,
    says: 'A new file takes its template with X-WOPI-Editors before anybody has locked it.',
    covers: ['putFile'],
    promised: ['SupportsUpdate'],
    needs: ['scratch'],
    async run(world) {
      const target = await world.scratch('')
      const headers = { 'X-WOPI-Editors': String(world.info['UserId']), 'Content-Type': 'text/plain' }
      expectStatus(await target.ask('putFile', { content: bytesOf('template') }, { headers }), [200])
      expectThat((await textIn(target)) === 'template', 'the content "template"', 'another')
    },
  },
  {
    ...manners,
    says: 'A save with the type of the document and the name of another editor is taken.',
    covers: ['putFile'],
    promised: ['SupportsUpdate', 'SupportsLocks'],
    needs: ['scratch'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch('before'), lock)
      const headers = {
        'Content-Type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'X-WOPI-Editors': 'somebodyelse',
        'X-LOOL-WOPI-IsModifiedByUser': 'true',
      }
      expectStatus(await target.ask('putFile', { lock, content: bytesOf('after') }, { headers }), [200])
    },
  },
  {
    ...manners,
    says: 'A host without locks takes a save that comes with the id of one.',
    covers: ['putFile'],
    promised: ['SupportsUpdate'],
    needs: ['scratch'],
    async run(world) {
      if (says(world.info, 'SupportsLocks')) throw new CannotRun('The host has locks.')
      const target = await world.scratch('before')
      expectStatus(await target.ask('putFile', { lock: keyOf(target.wopiSrc), content: bytesOf('after') }), [200])
    },
  },
  {
    ...manners,
    says: 'A converted file is made with no size said, and its Name and HostEditUrl lead to it.',
    covers: ['putRelativeFile'],
    promised: ['SupportsUpdate'],
    needs: ['own'],
    spec: `${docs.rest}/files/putrelativefile`,
    async run(world) {
      const { headers } = suggesting(world.workplace.newName('.docx'))
      const input = { content: bytesOf('converted'), isConversion: true }
      const answer = await world.file.ask('putRelativeFile', input, { headers })
      expectStatus(answer, [200])
      world.workplace.adopt(answer)
      const { Name, HostEditUrl } = jsonOf(answer) ?? {}
      expectThat(typeof Name === 'string', 'Name', shown(Name))
      if (!('HostEditUrl' in world.info)) throw new CannotRun('CheckFileInfo does not say HostEditUrl either.')
      expectThat(typeof HostEditUrl === 'string', 'HostEditUrl', shown(HostEditUrl))
    },
  },
  {
    ...manners,
    says: 'The very same signed GetFile is answered when it is sent again, as a retry is.',
    covers: ['getFile'],
    needs: ['proof'],
    async run({ file }) {
      let first: Readonly<Record<string, string>> = {}
      const keep = { resign: (sign: () => Readonly<Record<string, string>>) => (first = sign()) }
      expectStatus(await file.ask('getFile', {}, keep), [200])
      expectStatus(await file.ask('getFile', {}, { resign: () => first }), [200], 'to the same request again')
    },
  },
  {
    ...manners,
    says: 'Version or LastModifiedTime changes with every save, or ONLYOFFICE goes on with what it has.',
    covers: ['putFile', 'checkFileInfo'],
    promised: ['SupportsUpdate', 'SupportsLocks'],
    needs: ['scratch'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch('before'), lock)
      const states = []
      for (const content of ['one', 'two', 'three']) {
        given(await target.ask('putFile', { lock, content: bytesOf(content) }), 'PutFile')
        const { Version, LastModifiedTime } = await fileInfoOf(target)
        states.push(`${String(Version)} ${String(LastModifiedTime)}`)
      }
      expectThat(new Set(states).size === states.length, 'three states', states.join(', '))
    },
  },
]
