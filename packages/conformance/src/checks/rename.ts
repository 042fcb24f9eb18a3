import { encodeUtf7 } from '@openwopi/protocol'
import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { contentOf, type World } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/renamefile'
const renames = {
  group: 'rename',
  covers: ['renameFile'],
  promised: ['SupportsRename', 'UserCanRename'],
  needs: ['own'],
  spec,
} as const

const baseNameOf = async (target: Target): Promise<string> =>
  String(jsonOf(given(await target.ask('checkFileInfo'), 'CheckFileInfo'))?.['BaseFileName'])

const extensionOf = (name: string): string => /\.[^./\\]{1,20}$/.exec(name)?.[0] ?? ''

/** Asks for a name as the header spells it. */
const rename = (target: Target, raw: string): Promise<Answer> =>
  target.ask('renameFile', { requestedName: 'x' }, { headers: { 'X-WOPI-RequestedName': raw } })

const written: readonly (readonly [what: string, name: string, raw?: string])[] = [
  ['letters alone', 'Report'],
  ['accents', 'Résumé'],
  ['Cyrillic letters', 'Отчёт'],
  ['an emoji', 'smile 😀'],
  ['a plus, an ampersand and a space', 'A&B + C'],
  ['a dot in it', 'report v1.2'],
  ['an underscore, as .NET spells it,', 'made_up', 'made+AF8-up'],
]

const exact = written.map(
  ([what, name, raw = encodeUtf7(name)]): Check => ({
    ...renames,
    says: `A name with ${what} becomes that of the file, which keeps its extension.`,
    async run(world) {
      const target = await world.scratch()
      const extension = extensionOf(await baseNameOf(target))
      if (extension === '' && name.includes('.')) throw new CannotRun('A dot would give the file an extension.')
      const end = world.workplace.newName('')
      expectStatus(await rename(target, `${raw} ${encodeUtf7(end)}`), [200])
      const [expected, found] = [`${name} ${end}${extension}`, await baseNameOf(target)]
      expectThat(found === expected, `BaseFileName "${expected}"`, `"${found}"`)
    },
  }),
)

const illegal: readonly (readonly [what: string, raw: string])[] = [
  ['is a path out of the folder', '../../openwopi-check'],
  ['holds a slash in UTF-7', 'a+AC8-openwopi-check'],
  ['holds a line break in UTF-7', 'a+AA0ACg-X-Injected: yes'],
]

const refused = illegal.map(
  ([what, raw]): Check => ({
    ...renames,
    says: `A requested name that ${what} is refused with 400 or made better.`,
    async run(world) {
      const target = await world.scratch()
      const answer = await rename(target, raw)
      expectThat(!answer.headers.has('X-Injected'), 'no header X-Injected', 'one')
      expectStatus(answer, [200, 400])
      const found = await baseNameOf(target)
      expectThat(!/[/\\]|\p{Cc}/u.test(found), 'a name and no path', JSON.stringify(found))
    },
  }),
)

async function renamed(world: World, target: Target): Promise<Answer> {
  return given(await rename(target, encodeUtf7(world.workplace.newName(''))), 'RenameFile')
}

/** Other names for files. */
export const renaming: readonly Check[] = [
  ...exact,
  ...refused,
  {
    ...renames,
    says: 'The answer to RenameFile names the file without its extension.',
    async run(world) {
      const target = await world.scratch()
      const { Name } = jsonOf(await renamed(world, target)) ?? {}
      const found = await baseNameOf(target)
      const extension = extensionOf(found)
      const expected = extension ? found.slice(0, -extension.length) : found
      expectThat(Name === expected, `Name "${expected}"`, String(Name))
    },
  },
  {
    ...renames,
    says: 'A file that was renamed keeps its WOPISrc, its content and its version.',
    covers: ['renameFile', 'checkFileInfo', 'getFile'],
    async run(world) {
      const target = await world.scratch('kept')
      await renamed(world, target)
      expectStatus(await target.ask('checkFileInfo'), [200], 'to CheckFileInfo at the same address')
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'kept', 'the content "kept"', `"${text}"`)
    },
  },
  {
    ...renames,
    says: 'A requested name that is taken becomes another one, or is refused with 400, and no file is lost.',
    needs: ['copies'],
    async run(world) {
      const [target, other] = [await world.scratch('mine'), await world.scratch('theirs')]
      const taken = await baseNameOf(other)
      const extension = extensionOf(taken)
      const base = extension ? taken.slice(0, -extension.length) : taken
      expectStatus(await rename(target, encodeUtf7(base)), [200, 400])
      const texts = [await contentOf(target), await contentOf(other)].map((bytes) => new TextDecoder().decode(bytes))
      expectThat(texts.join() === 'mine,theirs', '"mine" and "theirs"', texts.join(' and '))
      expectThat((await baseNameOf(target)) !== taken, 'another name', `"${taken}" for both files`)
    },
  },
  {
    ...renames,
    says: 'A requested name that has the extension already does not get it twice.',
    severity: 'should',
    async run(world) {
      const target = await world.scratch()
      const wanted = world.workplace.newName(extensionOf(await baseNameOf(target)))
      given(await rename(target, encodeUtf7(wanted)), 'RenameFile')
      const found = await baseNameOf(target)
      expectThat(found === wanted, `"${wanted}"`, `"${found}"`)
    },
  },
]
