import type { Person } from '../sign-in/person.ts'
import type { Recovery } from './recovery.ts'

/** Makes a save the newest version of its file, or a copy where that may not be. Resolves to a sentence about it. */
export async function recovered(recovery: Recovery, id: string, by: Person): Promise<string> {
  const save = await recovery.find(id)
  // Whoever recovered it before may have ended before it could be taken away.
  if (await recovery.forgetIfStored(save)) return `The save ${id} of ${save.user.name} is stored already.`
  const obstacle = await recovery.obstacleTo(save)
  if (obstacle === undefined) {
    const file = await recovery.replace(save, by)
    return `“${file.name}” has the save of ${save.user.name} as its newest version.`
  }
  const copy = await recovery.copy(save, by)
  return `${obstacle} The save of ${save.user.name} is “${copy.name}” now.`
}
