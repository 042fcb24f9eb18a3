import { inject } from 'vitest'
import type { RunningServers } from './start-servers.ts'

/** What can be told of a server to another process. */
type Told<Server> = {
  readonly [Name in keyof Server as Server[Name] extends () => unknown ? never : Name]: Server[Name]
}

/** A server that all test files of a run share: started by the first that asks for it, and ended after the last. */
export async function runningServer<Name extends keyof RunningServers>(
  name: Name,
): Promise<Told<RunningServers[Name]>> {
  const answer = await fetch(inject('servers') + name)
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
