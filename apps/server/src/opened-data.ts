import { isForOthers } from './addresses.ts'
import type { Config } from './config.ts'
import { type People, people as peopleOf } from './sign-in/people.ts'
import { localPerson, type Person } from './sign-in/person.ts'
import { openState, type State } from './state/open-state.ts'
import { type Files, type FileWatchers, openFiles } from './stored/open-files.ts'

/** Everything stored that a server works with. */
export interface OpenedData {
  readonly folder: Files
  readonly state: State
  readonly people: People
  /** Calls under way end first. */
  close(): Promise<void>
}

/** Opens the files and what is kept beside them. If one of them cannot be opened, none stays open. */
export async function openData(config: Config, watchers: FileWatchers): Promise<OpenedData> {
  const state = await openState(config, watchers.now ?? Date.now)
  try {
    const people = peopleOf(state.users, config)
    const owner = ownerOf(await people.first(), config)
    const folder = await openFiles(config, owner, watchers)
    const close = async () => {
      await folder.close()
      await state.close()
    }
    return { folder, state, people, close }
  } catch (error) {
    await state.close()
    throw error
  }
}

/** Whom the files belong to. Where others than this machine reach the server, somebody has to be able to sign in. */
function ownerOf(first: Person | undefined, config: Config): Person {
  if (!first && isForOthers(config)) {
    throw new Error(
      `Others can reach ${config.publicUrl ?? config.host}, so people have to sign in, and nobody can yet. Add someone with: openwopi user add NAME`,
    )
  }
  return first ?? localPerson()
}
