import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunOptions } from '@openwopi/conformance'
import { environment } from '../config.ts'
import { usageError } from './command-error.ts'

/** What the person who checks a host says of what can be done to it. */
export interface HookFlags {
  readonly restartCommand?: string
  readonly clockCommand?: string
  readonly slow?: boolean
}

/** How long a host may take to answer again after it was started anew, in milliseconds. */
const patience = 60_000

/** What a run does to the host besides asking it. */
export function hooksOf(wopiSrc: string, accessToken: string, flags: HookFlags): Pick<RunOptions, 'pass' | 'restart'> {
  const { restartCommand, clockCommand, slow } = flags
  if (clockCommand !== undefined && slow)
    throw usageError('Time is either waited for (--slow) or moved (--clock-command).')
  return {
    ...(slow && { pass: (milliseconds) => sleep(milliseconds) }),
    ...(clockCommand !== undefined && {
      pass: (milliseconds) => runHook(clockCommand, { CHECK_SECONDS: String(milliseconds / 1000) }),
    }),
    ...(restartCommand !== undefined && {
      async restart() {
        await runHook(restartCommand)
        await untilItAnswers(`${wopiSrc}?access_token=${encodeURIComponent(accessToken)}`)
      },
    }),
  }
}

/** Runs a command as a shell does. What it prints goes where our own messages go. */
async function runHook(command: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 2, 2], env: { ...environment, ...env } })
  const [code, signal] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the command "${command}" ended with ${String(code ?? signal)}`)
}

async function untilItAnswers(address: string): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer) return
    if (Date.now() > end) throw new Error(`the host did not answer within ${patience / 1000} s of being started anew`)
    await sleep(100)
  }
}
