import { folderProperties } from '@openwopi/protocol'
import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { listIn } from '../places.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import type { World } from '../world.ts'
import { fileInfoOf } from './named-in.ts'

const about = {
  group: 'folders',
  promised: ['SupportsFolders'],
  needs: ['folder'],
  spec: `${docs.openspecs}/checkfolderinfo`,
} as const
const listed = { ...about, covers: ['enumerateFolderChildren'], spec: `${docs.openspecs}/enumeratechildren` } as const

function folderOf({ folder }: World): Target {
  if (!folder) throw new CannotRun('There is no folder of the protocol of 2013 to look into.')
  return folder
}

const infoOf = async (world: World): Promise<Readonly<Record<string, unknown>>> =>
  jsonOf(given(await folderOf(world).ask('checkFolderInfo'), 'CheckFolderInfo')) ?? {}

const childrenOf = async (world: World) =>
  listIn(given(await folderOf(world).ask('enumerateFolderChildren'), 'EnumerateChildren'), 'Children')

const required = ['FolderName', 'OwnerId'].map(
  (name): Check => ({
    ...about,
    says: `CheckFolderInfo says ${name}, and not as an empty one.`,
    covers: ['checkFolderInfo'],
    async run(world) {
      const value = (await infoOf(world))[name]
      expectThat(typeof value === 'string' && value !== '', name, shown(value))
    },
  }),
)

/** Folders as the protocol of 2013 has them. */
export const folders: readonly Check[] = [
  {
    ...about,
    says: 'CheckFolderInfo answers a JSON object.',
    covers: ['checkFolderInfo'],
    async run(world) {
      const answer = await folderOf(world).ask('checkFolderInfo')
      expectStatus(answer, [200])
      expectThat(jsonOf(answer) !== undefined, 'a JSON object', 'none')
    },
  },
  ...required,
  {
    ...about,
    says: 'What CheckFolderInfo says is true or false where it should be, and text where it should be.',
    covers: ['checkFolderInfo'],
    async run(world) {
      const info = await infoOf(world)
      const wrong = Object.entries(folderProperties)
        .filter(([name, { kind }]) => name in info && typeof info[name] !== (kind === 'bool' ? 'boolean' : 'string'))
        .map(([name]) => `${name}: ${shown(info[name])}`)
      expectThat(wrong.length === 0, 'nothing of another kind', wrong.join(', '))
    },
  },
  {
    ...about,
    says: 'CheckFolderInfo of a folder that is there, with a made-up token, is refused.',
    covers: ['checkFolderInfo'],
    async run(world) {
      expectStatus(await folderOf(world).ask('checkFolderInfo', {}, { token: 'openwopi-check-made-up' }), [401, 404])
    },
  },
  {
    ...about,
    says: 'CheckFolderInfo of a folder that is there, with the token of a file, is refused.',
    covers: ['checkFolderInfo'],
    async run(world) {
      expectStatus(await folderOf(world).ask('checkFolderInfo', {}, { token: world.file.token }), [401, 404])
    },
  },
  {
    ...listed,
    says: 'EnumerateChildren of a folder lists each file with its Name, its Url and its Version.',
    async run(world) {
      const answer = await folderOf(world).ask('enumerateFolderChildren')
      expectStatus(answer, [200])
      expectThat(Array.isArray(jsonOf(answer)?.['Children']), 'Children: […]', 'none')
      const wrong = (await childrenOf(world)).filter((child) =>
        ['Name', 'Url', 'Version'].some((name) => typeof child[name] !== 'string' || child[name] === ''),
      )
      expectThat(wrong.length === 0, 'Name, Url and Version', shown(Object.keys(wrong[0] ?? {})))
    },
  },
  {
    ...listed,
    says: 'The Version and the Name of a file in a folder are those that CheckFileInfo says at its Url.',
    covers: ['enumerateFolderChildren', 'checkFileInfo'],
    async run(world) {
      const [child] = await childrenOf(world)
      if (!child) throw new CannotRun('The folder holds no file.')
      const [wopiSrc = '', query = ''] = String(child['Url']).split('?')
      const file = world.workplace.at(wopiSrc, new URLSearchParams(query).get('access_token') ?? '')
      const { BaseFileName, Version } = await fileInfoOf(file)
      const [found, expected] = [shown([BaseFileName, Version]), shown([child['Name'], child['Version']])]
      expectThat(found === expected, expected, found)
    },
  },
]
