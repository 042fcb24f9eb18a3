import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Runs one of the scripts that start a server, lets `run` use what it said of it, and ends it. */
export async function withForked<Said, T>(
  script: string,
  args: readonly string[],
  run: (said: Said) => Promise<T>,
): Promise<T> {
  const child = fork(join(import.meta.dirname, '../../scripts', script), args, { execArgv: [] })
  try {
    const [said] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error(`${script} ended before its server was up`)
      }),
    ])
    return await run(said as Said)
  } finally {
    const ended = once(child, 'exit')
    if (child.connected) {
      child.disconnect()
      await ended
    }
  }
}
