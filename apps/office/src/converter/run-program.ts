import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { ConversionError } from './converter.ts'

/** A program, and how far it may go. */
export interface Run {
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  /** Bytes of address space. */
  readonly memory: number
  /** Milliseconds. */
  readonly time: number
  readonly signal: AbortSignal
}

/** The shell sets the limit and becomes the program, so that it holds from the first instruction on. */
const limited = ({ program, args, memory }: Run): [string, string[]] =>
  process.platform === 'win32'
    ? [program, [...args]]
    : ['/bin/sh', ['-c', 'ulimit -v "$0" 2>/dev/null; exec "$@"', String(Math.floor(memory / 1024)), program, ...args]]

/** Runs a program to its end. Whatever it has started ends with it, also when it hangs. */
export async function runProgram(run: Run): Promise<void> {
  const [command, args] = limited(run)
  const child = spawn(command, args, {
    cwd: run.folder,
    detached: process.platform !== 'win32',
    stdio: 'ignore',
    env: environment(run.folder),
  })
  let why: 'too-slow' | 'ended' | undefined
  const end = (reason: typeof why) => {
    why ??= reason
    killAll(child)
  }
  const timer = setTimeout(() => end('too-slow'), run.time)
  const onAbort = () => end('ended')
  run.signal.addEventListener('abort', onAbort, { once: true })
  if (run.signal.aborted) onAbort()
  try {
    const [code, signal] = await once(child, 'exit')
    if (why) throw new ConversionError(why)
    if (code !== 0) throw new ConversionError('failed', { cause: new Error(`it ended with ${signal ?? code}`) })
  } catch (cause) {
    throw cause instanceof ConversionError ? cause : new ConversionError('failed', { cause })
  } finally {
    clearTimeout(timer)
    run.signal.removeEventListener('abort', onAbort)
    killAll(child)
  }
}

/** Nothing of this process's own environment reaches a program that reads hostile documents. */
const environment = (folder: string): NodeJS.ProcessEnv => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: folder,
  TMPDIR: folder,
  LANG: 'C.UTF-8',
  SAL_USE_VCLPLUGIN: 'svp',
})

/** LibreOffice runs in a second process that its launcher does not take along. */
function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error
  }
}
