import type { Check } from '../check.ts'
import { expectStatus, expectThat, given } from '../findings.ts'
import { listIn } from '../places.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import type { World } from '../world.ts'
import { containerNameIn, fileInfoOf, fileNameIn, insisting, suggesting } from './named-in.ts'

const lists = {
  group: 'containers',
  covers: ['enumerateChildren'],
  promised: ['SupportsContainers'],
  needs: ['container'],
  spec: `${docs.rest}/containers/enumeratechildren`,
} as const

/** A container with a container and two files in it, of different extensions. */
async function furnished({ places, workplace }: World) {
  const box = await places.open()
  const inner = given(
    await box.ask('createChildContainer', {}, suggesting(workplace.newName(''))),
    'CreateChildContainer',
  )
  const files = await Promise.all(
    ['.txt', '.docx'].map(async (extension) => {
      const answer = await box.ask('createChildFile', {}, insisting(workplace.newName(extension)))
      return { name: fileNameIn(given(answer, 'CreateChildFile')), target: workplace.adopt(answer) }
    }),
  )
  const [text, document] = files
  if (!text || !document) throw new Error('there are two extensions')
  places.adopt(inner)
  return { box, inner: containerNameIn(inner), text, document }
}

async function childrenOf(box: Target, filter?: string) {
  const headers = filter === undefined ? {} : { 'X-WOPI-FileExtensionFilterList': filter }
  const answer = await box.ask('enumerateChildren', {}, { headers })
  expectStatus(answer, [200])
  return { files: listIn(answer, 'ChildFiles'), containers: listIn(answer, 'ChildContainers'), answer }
}

const namesIn = (list: readonly Readonly<Record<string, unknown>>[]) => list.map(({ Name }) => String(Name)).sort()

const expectNames = (list: readonly Readonly<Record<string, unknown>>[], ...names: string[]) =>
  expectThat(namesIn(list).join() === names.sort().join(), names.join(', ') || 'nothing', namesIn(list).join(', '))

const same = (['Name', 'Size', 'Version', 'LastModifiedTime'] as const).map(
  (name): Check => ({
    ...lists,
    says: `${name} of a file in EnumerateChildren is what CheckFileInfo says.`,
    covers: ['enumerateChildren', 'checkFileInfo'],
    async run(world) {
      const { box, text } = await furnished(world)
      const found = (await childrenOf(box)).files.find(({ Name }) => Name === text.name)?.[name]
      const expected = (await fileInfoOf(text.target))[name === 'Name' ? 'BaseFileName' : name]
      // LastModifiedTime may be left out.
      expectThat(
        found === expected || (name === 'LastModifiedTime' && found === undefined),
        shown(expected),
        shown(found),
      )
    },
  }),
)

const filters: readonly (readonly [what: string, filter: string, found: readonly ('text' | 'document')[]])[] = [
  ['one extension lists the files that have it', '.txt', ['text']],
  ['two extensions lists the files that have either', '.txt,.docx', ['text', 'document']],
  ['an extension in capitals lists the files that have it', '.TXT', ['text']],
  ['an extension that no file has lists no file', '.openwopi-none', []],
]

const filtered = filters.map(
  ([what, filter, found]): Check => ({
    ...lists,
    says: `EnumerateChildren for ${what}, and every container.`,
    async run(world) {
      const { box, inner, ...files } = await furnished(world)
      const children = await childrenOf(box, filter)
      expectNames(children.files, ...found.map((which) => files[which].name))
      expectNames(children.containers, inner)
    },
  }),
)

/** What is in a container. */
export const children: readonly Check[] = [
  {
    ...lists,
    says: 'EnumerateChildren lists every file and every container that lies directly in it.',
    async run(world) {
      const { box, inner, text, document } = await furnished(world)
      const found = await childrenOf(box)
      expectNames(found.files, text.name, document.name)
      expectNames(found.containers, inner)
    },
  },
  {
    ...lists,
    says: 'EnumerateChildren of an empty container answers two empty lists.',
    async run({ places }) {
      const { answer } = await childrenOf(await places.open())
      const text = new TextDecoder().decode(answer.bytes)
      const both = ['ChildContainers', 'ChildFiles'].every((name) =>
        new RegExp(`"${name}"\\s*:\\s*\\[\\s*\\]`).test(text),
      )
      expectThat(both, 'ChildContainers: [] and ChildFiles: []', text.slice(0, 80))
    },
  },
  ...same,
  ...filtered,
  {
    ...lists,
    says: 'The Url of a file that EnumerateChildren lists opens that file.',
    async run(world) {
      const { box, text } = await furnished(world)
      const found = (await childrenOf(box)).files.find(({ Name }) => Name === text.name)?.['Url']
      const address = String(found).split('?')[0]
      expectThat(address === text.target.wopiSrc, text.target.wopiSrc, String(address))
      const token = new URL(String(found)).searchParams.get('access_token') ?? ''
      expectStatus(await text.target.ask('checkFileInfo', {}, { token }), [200])
    },
  },
]
