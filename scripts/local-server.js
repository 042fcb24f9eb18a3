import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where systems look for the near end of a connection begins above these: none takes a port before a server does. */
const [lowestPort, highestPort] = [12_000, 32_000]

/** Ports of 127.0.0.1 on which nothing listens at the moment. */
export async function freePorts(count) {
  const ports = new Set()
  while (ports.size < count) {
    const port = randomInt(lowestPort, highestPort)
    if (await isFree(port)) ports.add(port)
  }
  return [...ports]
}

async function isFree(port) {
  const server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false
    throw error
  }
  await new Promise((closed) => server.close(closed))
  return true
}

/** The first of these accounts of the machine that there is, for programs that refuse to run as root. */
export function accountNamed(...names) {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const row = names.map((name) => lines.find((line) => line.startsWith(`${name}:`))).find(Boolean)
  if (!row)
    throw new Error(`None of the accounts ${names.join(', ')} is there to run a server that must not run as root.`)
  const [, , uid, gid] = row.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** Reads which processes run and which have ended, and when this process is gone, ends them and removes the folder. */
const lastWill = `pids=' '
while read -r what pid; do
  case $what in
    runs) pids="$pids$pid " ;;
    ended) pids=$(printf %s "$pids" | sed "s/ $pid / /") ;;
    done) exit ;;
  esac
done
for pid in $pids; do kill -KILL "$pid" $(ps -A -o pid=,ppid= | awk -v parent="$pid" '$2 == parent { print $1 }'); done
rm -rf "$1"`

/**
 * A place for a server: a new folder, owned by `account` where one is given, and the programs that run in it. Whatever
 * becomes of this process, neither outlives it.
 */
export function openPlace(name, account) {
  const folder = mkdtempSync(join(tmpdir(), `openwopi-${name}-`))
  if (account) chownSync(folder, account.uid, account.gid)
  const will = spawn('/bin/sh', ['-c', lastWill, 'sh', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const options = { ...account, cwd: folder }
  const running = new Set()
  will.unref()
  will.stdin.unref()
  return {
    folder,
    /** Runs a program to its end. Throws what it said if it failed. */
    run: (command, args, more) => run(command, args, { ...options, ...more }),
    /** Starts a program that goes on running. */
    start(command, args, more) {
      const program = startProgram(command, args, { ...options, ...more })
      will.stdin.write(`runs ${program.pid}\n`)
      running.add(program)
      program.ended.finally(() => {
        running.delete(program)
        will.stdin.write(`ended ${program.pid}\n`)
      })
      return program
    },
    /** Ends what still runs, and takes the folder away. */
    async close() {
      await Promise.all([...running].map((program) => program.end('SIGKILL')))
      will.stdin.end('done\n')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** It does not keep this process from ending, and is not told when somebody ends this one at the keyboard. */
function startProgram(command, args, options) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options })
  const said = listenTo(child)
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  let isRunning = true
  ended.then(() => {
    isRunning = false
  })
  for (const each of [child, child.stdout, child.stderr]) each.unref()
  return {
    pid: child.pid,
    /** The last of what it wrote. */
    said,
    ended,
    isRunning: () => isRunning,
    async end(signal = 'SIGTERM') {
      if (!isRunning) return
      child.ref()
      child.kill(signal)
      await ended
    },
  }
}

async function run(command, args, options) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  const said = listenTo(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} failed (${code}):\n${said()}`)
  return said()
}

/** The last of what a program writes, for the message that says why it failed. */
function listenTo(child) {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (more) => {
      text = (text + more).slice(-20_000)
    })
  return () => text
}

/** Waits until `isReady` gives something true. Throws what the program said if it ends first, or takes `seconds`. */
export async function untilReady(program, isReady, seconds = 120) {
  const deadline = Date.now() + seconds * 1000
  while (!(await isReady())) {
    if (!program.isRunning() || Date.now() > deadline) throw new Error(`A server did not start:\n${program.said()}`)
    await new Promise((passed) => setTimeout(passed, 50))
  }
}
