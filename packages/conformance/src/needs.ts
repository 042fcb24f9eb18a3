import type { Check, Need } from './check.ts'
import { says, type World } from './world.ts'

/** Why a check is not run here. `undefined`: it is. `nowhere`: why nothing may be written. */
export function whyNot({ promised = [], needs = [] }: Check, world: World, nowhere = ''): string | undefined {
  const lacking = promised.find((name) => !says(world.info, name))
  if (lacking) return `CheckFileInfo does not promise ${lacking}.`
  return needs.map((need) => unmet[need](world, nowhere)).find((reason) => reason !== undefined)
}

const unless = (isThere: unknown, reason: string): string | undefined => (isThere ? undefined : reason)

/** Why a need is not met. */
const unmet: { readonly [N in Need]: (world: World, nowhere: string) => string | undefined } = {
  scratch: ({ workplace }, nowhere) =>
    unless(workplace.kind !== 'nowhere', `There is no file to write to: ${nowhere}.`),
  own: ({ workplace }) =>
    unless(
      ['copies', 'one-copy'].includes(workplace.kind),
      'It takes a copy of the file, and the host makes none beside it for this user (PutRelativeFile).',
    ),
  copies: ({ workplace }) =>
    unless(
      workplace.kind === 'copies',
      'It takes copies of the file, and the host does not both make them (PutRelativeFile) and delete them for this user.',
    ),
  container: ({ info, workplace }) =>
    unless(says(info, 'SupportsContainers'), 'CheckFileInfo does not promise SupportsContainers.') ??
    unless(
      workplace.kind === 'copies',
      'It takes copies of the file, and the host does not both make them (PutRelativeFile) and delete them for this user.',
    ),
  proof: ({ keys }) => unless(keys, 'There is no proof key to sign with (--proof-key).'),
  'old-proof': ({ keys }) =>
    unless(keys?.old, 'There is no second proof key, the one the client signed with before (--proof-key).'),
  folder: ({ folder }) => unless(folder, 'There is no folder of the protocol of 2013 to look into (--folder).'),
  bootstrapper: ({ bootstrapper }) => unless(bootstrapper, 'There is no address of a bootstrapper (--bootstrapper).'),
  connection: ({ connect }) => unless(connect, 'There is no connection on which bytes go out as they are.'),
  time: ({ pass }) => unless(pass, 'Nobody said that there is time to wait (--slow), or how to move the clock.'),
  restart: ({ restart }) => unless(restart, 'Nobody said how to start the host anew (--restart-command).'),
}
