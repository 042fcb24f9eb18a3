import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What a process has used since it was last asked. */
export interface Usage {
  /** Bytes held at the time of asking. */
  readonly rss: number
  /** The most bytes held since the last `reset`, looked at every few milliseconds. */
  readonly peakRss: number
  /** Microseconds of processor time since the process started. */
  readonly cpu: number
}

/** A server in a process of its own. */
export interface Child {
  readonly pid: number
  /** What it said when it was ready. */
  readonly ready: Ready
  usage(question?: 'reset'): Promise<Usage>
  /** Ends it as a crash would, with no chance to clean up. */
  kill(): Promise<void>
}

/** What a server says when it is up. */
export interface Ready {
  readonly port: number
  /** The paths and tokens of the files it was asked to name. */
  readonly addresses?: Readonly<Record<string, string>>
}

/** The compiled programs; they run also when this file itself runs from source. */
const programs = join(import.meta.dirname, '../dist/programs')

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the program ended with ${code} before it answered`)
    }),
  ])
  return message as T
}

/** Starts one of the programs in `programs/`, and waits until it is up. */
export async function startChild(program: string, options: object): Promise<Child> {
  const child = fork(join(programs, `${program}.js`), [JSON.stringify(options)], { execArgv: [] })
  const ready = await nextMessage<Ready>(child)
  return {
    pid: child.pid ?? 0,
    ready,
    usage(question) {
      child.send(question ?? 'usage')
      return nextMessage<Usage>(child)
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Runs one of the programs in `programs/` to its end, on one `core` of the machine where one is named, and returns what it said. */
export async function runProgram<T>(program: string, options: object, core?: number): Promise<T> {
  const pinned = core === undefined ? {} : { execPath: 'taskset' }
  const execArgv = core === undefined ? [] : ['-c', String(core), process.execPath]
  const child = fork(join(programs, `${program}.js`), [JSON.stringify(options)], { execArgv, ...pinned })
  return said<T>(child)
}

/** The same with more to tell it than a command line holds: it is told by a message. */
export async function runTold<T>(program: string, options: object): Promise<T> {
  const child = fork(join(programs, `${program}.js`), { execArgv: [] })
  child.send(options)
  return said<T>(child)
}

/** What a program says, which is then told to end. */
async function said<T>(child: ChildProcess): Promise<T> {
  const message = await nextMessage<T>(child)
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
  return message
}
