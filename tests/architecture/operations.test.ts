import { coauth, operationEntries, reserved } from '@openwopi/protocol'
import { expect, test } from 'vitest'
import { filesIn, sources } from './source.ts'

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const names = operationEntries.map(([name]) => name).filter((name) => !Object.hasOwn(reserved, name))

test('Every operation has a file of its own, named as the specification names it, and no other file lies with them.', () => {
  const folder = 'packages/host/src/operations/'
  const files = sources.filter(({ path }) => path.startsWith(folder)).map(({ path }) => path.slice(folder.length))
  expect(files.sort()).toEqual([...names.map((name) => `${kebab(name)}.ts`), 'index.ts'].sort())
})

/** Operations that are tested together, since each only shows in what the others answer. */
const together = new Map<string, string>([
  ...['lock', 'unlock', 'refreshLock', 'unlockAndRelock', 'getLock'].map((name) => [name, 'locks'] as const),
  ...['enumerateAncestors', 'getEcosystem'].map((name) => [name, 'containers'] as const),
  ...Object.keys(coauth).map((name) => [name, 'coauth'] as const),
  ...['createUploadSession', 'updateUploadSession'].map((name) => [name, 'upload-sessions'] as const),
  ...['getShareUrl', 'getContainerShareUrl', 'getRestrictedLink', 'revokeRestrictedLink'].map(
    (name) => [name, 'sharing'] as const,
  ),
  ...operationEntries.filter(([, { on }]) => on !== 'file').map(([name]) => [name, 'containers'] as const),
])

test('Every operation has tests of its own, which run through every example framework.', () => {
  const suites = filesIn('packages/host/test/suite', /\.ts$/).map((path) => path.split('/').at(-1)?.split('.')[0])
  expect(names.filter((name) => !suites.includes(together.get(name) ?? kebab(name)))).toEqual([])
})
