import { encodeUtf7 } from '@openwopi/protocol'
import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectLock, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { contentOf, locked, says, type World } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/putrelativefile'
const names = {
  group: 'names',
  covers: ['putRelativeFile'],
  promised: ['SupportsUpdate'],
  needs: ['own'],
  spec,
} as const

const bytes = (text: string) => new TextEncoder().encode(text)
const body = { content: bytes('made by openwopi check') }

const extensionOf = ({ info }: World): string => /\.[^./\\]{1,20}$/.exec(String(info['BaseFileName']))?.[0] ?? ''

/** Asks for a file beside another one, and takes over what is made. */
async function made(world: World, beside: Target, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await beside.ask('putRelativeFile', body, { headers })
  if (answer.status === 200) world.workplace.adopt(answer)
  return answer
}

const nameIn = (answer: Answer): string => String(jsonOf(answer)?.['Name'])

async function nameOf(world: World, answer: Answer): Promise<string> {
  const info = given(await world.workplace.adopt(answer).ask('checkFileInfo'), 'CheckFileInfo of the new file')
  return String(jsonOf(info)?.['BaseFileName'])
}

/** Names beyond ASCII, each made one of its own. `raw`: as the header spells it, where that is not the usual way. */
const written: readonly (readonly [what: string, name: string, raw?: string])[] = [
  ['accents', 'Résumé'],
  ['Chinese characters', '日本語'],
  ['an emoji', 'smile 😀'],
  ['an ampersand, a plus and a space', 'A&B + C'],
  ['an underscore, as .NET spells it,', 'made_up', 'made+AF8-up'],
  ['an accent whose run is not closed by a hyphen', 'café x', 'caf+AOk x'],
  ['dots in it', 'v1.2.final'],
]

const exact = written.map(
  ([what, name, raw = encodeUtf7(name)]): Check => ({
    ...names,
    says: `A relative target with ${what} becomes a file of exactly that name.`,
    async run(world) {
      const end = world.workplace.newName()
      const answer = await made(world, world.file, { 'X-WOPI-RelativeTarget': `${raw} ${encodeUtf7(end)}` })
      expectStatus(answer, [200])
      const expected = `${name} ${end}`
      expectThat(nameIn(answer) === expected, `Name "${expected}"`, `"${nameIn(answer)}"`)
      const found = await nameOf(world, answer)
      expectThat(found === expected, `BaseFileName "${expected}"`, `"${found}"`)
    },
  }),
)

const suggestions: readonly (readonly [what: string, name: (id: string) => string])[] = [
  ['is a path out of the folder', (id) => `../../${id}`],
  ['holds a slash', (id) => `a/${id}`],
  ['holds a backslash', (id) => `a\\${id}`],
  ['is a device on Windows', (id) => `CON.${id}`],
  ['holds every character that Windows refuses', (id) => `<>:"|?*${id}`],
  ['is 600 characters long', (id) => `${'long'.repeat(150)}${id}`],
  ['ends with dots and spaces', (id) => `${id} . .`],
]

const suggested = suggestions.map(
  ([what, name]): Check => ({
    ...names,
    says: `A suggested target that ${what} becomes a file with a better name.`,
    async run(world) {
      const wanted = name(world.workplace.newName())
      const answer = await made(world, world.file, { 'X-WOPI-SuggestedTarget': encodeUtf7(wanted) })
      // A host may refuse what is longer than 512 characters.
      expectStatus(answer, wanted.length > 512 ? [200, 400] : [200])
      if (answer.status === 400) return
      const name_ = nameIn(answer)
      expectThat(name_ !== '' && !/[/\\]/.test(name_) && !/^\.\.?$/.test(name_), 'a name and no path', `"${name_}"`)
    },
  }),
)

const illegal: readonly (readonly [what: string, raw: string])[] = [
  ['is a path out of the folder', '../openwopi-check.txt'],
  ['holds a slash', 'a/openwopi-check.txt'],
  ['holds a slash in UTF-7', 'a+AC8-openwopi-check.txt'],
  ['holds a line break in UTF-7', 'a+AA0ACg-X-Injected: yes.txt'],
  ['holds a NUL in UTF-7', 'a+AAA-.txt'],
  ['is two dots', '..'],
]

const refused = illegal.map(
  ([what, raw]): Check => ({
    ...names,
    says: `A relative target that ${what} is refused with 400.`,
    async run(world) {
      const answer = await made(world, world.file, { 'X-WOPI-RelativeTarget': raw })
      expectThat(!answer.headers.has('X-Injected'), 'no header X-Injected', 'one')
      expectStatus(answer, [400])
    },
  }),
)

const byHand: readonly Check[] = [
  {
    ...names,
    says: 'A suggested target that begins with a dot is an extension for the name of the file.',
    async run(world) {
      const extension = `.${world.workplace.newName('').replaceAll('-', '').slice(-8)}${extensionOf(world)}`
      const answer = await made(world, world.file, { 'X-WOPI-SuggestedTarget': extension })
      expectStatus(answer, [200])
      const base = String(world.info['BaseFileName']).slice(0, -extensionOf(world).length || undefined)
      const name = nameIn(answer)
      expectThat(name.startsWith(base) && name.endsWith(extension), `a name like "${base}${extension}"`, `"${name}"`)
    },
  },
  {
    ...names,
    says: 'A suggested target that is taken becomes another name with the same extension.',
    async run(world) {
      const wanted = world.workplace.newName()
      const first = given(
        await made(world, world.file, { 'X-WOPI-RelativeTarget': encodeUtf7(wanted) }),
        'PutRelativeFile',
      )
      const answer = await made(world, world.file, { 'X-WOPI-SuggestedTarget': encodeUtf7(nameIn(first)) })
      expectStatus(answer, [200])
      const name = nameIn(answer)
      expectThat(name !== nameIn(first) && name.endsWith(extensionOf(world)), 'another name', `"${name}"`)
    },
  },
  {
    ...names,
    says: 'A relative target that is taken is refused with 409, and its content stays.',
    async run(world) {
      const [target, name] = await another(world, 'in place')
      const answer = await made(world, world.file, { 'X-WOPI-RelativeTarget': encodeUtf7(name) })
      expectStatus(answer, [409])
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'in place', 'the content "in place"', `"${text}"`)
    },
  },
  {
    ...names,
    says: 'A relative target that is taken is overwritten when the request says so, and stays the same file.',
    async run(world) {
      const [target, name] = await another(world, 'in place')
      const headers = { 'X-WOPI-RelativeTarget': encodeUtf7(name), 'X-WOPI-OverwriteRelativeTarget': 'True' }
      expectStatus(await made(world, world.file, headers), [200])
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'made by openwopi check', 'the new content', `"${text}"`)
    },
  },
  {
    ...names,
    says: 'A relative target that somebody holds is not overwritten, and the 409 names the lock.',
    promised: ['SupportsUpdate', 'SupportsLocks'],
    async run(world) {
      const [target, name] = await another(world, 'in place')
      const lock = world.newLock()
      await locked(target, lock)
      const headers = { 'X-WOPI-RelativeTarget': encodeUtf7(name), 'X-WOPI-OverwriteRelativeTarget': 'true' }
      const answer = await made(world, world.file, headers)
      expectStatus(answer, [409])
      expectLock(answer, lock)
    },
  },
  {
    ...names,
    says: 'A suggested target never overwrites, whatever else the request says.',
    async run(world) {
      const [target, name] = await another(world, 'in place')
      const headers = { 'X-WOPI-SuggestedTarget': encodeUtf7(name), 'X-WOPI-OverwriteRelativeTarget': 'true' }
      expectStatus(await made(world, world.file, headers), [200])
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'in place', 'the content "in place"', `"${text}"`)
    },
  },
  {
    ...names,
    says: 'A request with a suggested and a relative target is refused with 501 or 400.',
    async run(world) {
      const name = encodeUtf7(world.workplace.newName())
      const headers = { 'X-WOPI-SuggestedTarget': name, 'X-WOPI-RelativeTarget': name }
      expectStatus(await made(world, world.file, headers), [400, 501])
    },
  },
  {
    ...names,
    says: 'A request for a new file without a name is refused.',
    async run(world) {
      expectStatus(await made(world, world.file, {}), [400, 501])
    },
  },
  {
    ...names,
    says: 'A file that was made has the content that was sent, and its Url opens it.',
    covers: ['putRelativeFile', 'getFile'],
    async run(world) {
      const target = await world.scratch('sent')
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'sent', 'the content "sent"', `"${text}"`)
    },
  },
  {
    ...names,
    says: 'The token of a file that was made does not open the file beside which it was made.',
    async run(world) {
      const target = await world.scratch('sent')
      expectStatus(await world.file.ask('checkFileInfo', {}, { token: target.token }), [401, 404])
    },
  },
  {
    ...names,
    says: 'A lock of the file itself does not keep anyone from making another one beside it.',
    promised: ['SupportsUpdate', 'SupportsLocks'],
    async run(world) {
      const target = await locked(await world.scratch(), world.newLock())
      expectStatus(
        await made(world, target, { 'X-WOPI-SuggestedTarget': encodeUtf7(world.workplace.newName()) }),
        [200],
      )
    },
  },
  {
    ...names,
    says: 'PutRelativeFile says HostViewUrl and HostEditUrl of the new file, to which Office leads on.',
    client: 'Microsoft 365',
    async run(world) {
      const headers = { 'X-WOPI-SuggestedTarget': encodeUtf7(world.workplace.newName()) }
      const { HostViewUrl, HostEditUrl } =
        jsonOf(given(await made(world, world.file, headers), 'PutRelativeFile')) ?? {}
      const isThere = typeof HostViewUrl === 'string' && typeof HostEditUrl === 'string'
      expectThat(isThere || !says(world.info, 'LicenseCheckForEditIsEnabled'), 'both', 'not both')
    },
  },
]

/** Another file, and its name. */
async function another(world: World, content: string): Promise<readonly [Target, string]> {
  const target = await world.scratch(content)
  const info = jsonOf(given(await target.ask('checkFileInfo'), 'CheckFileInfo'))
  return [target, String(info?.['BaseFileName'])]
}

/** New files and their names. */
export const relativeNames: readonly Check[] = [...exact, ...suggested, ...refused, ...byHand]
