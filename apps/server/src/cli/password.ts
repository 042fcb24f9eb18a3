import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { CommandError, usageError } from './command-error.ts'

const shortest = 8
const longest = 1024

/** A password that is good enough: from standard input, or asked for twice without showing it. */
export async function newPassword(name: string, fromStandardInput: boolean): Promise<string> {
  const password = await askedPassword(name, fromStandardInput)
  if (password.length < shortest) throw new CommandError(`A password has at least ${shortest} characters.`)
  return password
}

/** A password that somebody else has decided on: from standard input, or asked for twice without showing it. */
export async function askedPassword(name: string, fromStandardInput: boolean): Promise<string> {
  if (!fromStandardInput && !process.stdin.isTTY) {
    throw usageError('There is no terminal to ask for the password at. Pipe it in, with --password-stdin.')
  }
  const password = fromStandardInput ? (await text(process.stdin)).replace(/\r?\n$/, '') : await askTwice(name)
  if (password.length > longest) throw new CommandError(`A password has at most ${longest} characters.`)
  return password
}

async function askTwice(name: string): Promise<string> {
  const password = await askHidden(`Password for ${name}: `)
  if (password === (await askHidden('The same again: '))) return password
  throw new CommandError('The two are not the same. Nothing was changed.')
}

/** Asks at the terminal; what is typed is not shown. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true })
  const given = new AbortController()
  reader.on('SIGINT', () => given.abort())
  reader.on('close', () => given.abort())
  try {
    return await reader.question('', { signal: given.signal })
  } catch {
    throw new CommandError('Nothing was changed.')
  } finally {
    reader.close()
    process.stderr.write('\n')
  }
}
