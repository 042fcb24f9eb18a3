import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { audit } from './audit.ts'
import { cells } from './cells.ts'
import { check } from './check.ts'
import { discovery } from './discovery.ts'
import { doctor } from './doctor.ts'
import { exportFiles } from './export.ts'
import { fsck } from './fsck.ts'
import { get } from './get.ts'
import { importFiles } from './import.ts'
import { info } from './info.ts'
import { lock } from './lock.ts'
import { put } from './put.ts'
import { recover } from './recover.ts'
import { secret } from './secret.ts'
import { serve } from './serve.ts'
import { token } from './token.ts'
import { unlock } from './unlock.ts'
import { user } from './user.ts'

const commands = [
  serve,
  token,
  user,
  audit,
  doctor,
  secret,
  check,
  discovery,
  info,
  get,
  put,
  lock,
  unlock,
  importFiles,
  exportFiles,
  fsck,
  recover,
  cells,
]

const examples = `
Examples:
  $ openwopi serve ~/Documents            open, edit and save what is in it
  $ openwopi token ~/Documents/notes.md   what a WOPI client needs to open one
  $ openwopi doctor ~/Documents           what is wrong with a deployment
  $ openwopi discovery http://127.0.0.1:9980
  $ openwopi check WOPISRC              what a WOPI host, any host, does wrong
  $ openwopi get WOPISRC --out notes.md

Run "openwopi COMMAND --help" to see what a command takes.`

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command('openwopi')
    .description('Opens, edits and saves documents over WOPI: a host for a folder, and a client for the shell.')
    .version(versionOf(), '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [COMMAND]', 'Print what a command takes.')
    .usage('COMMAND [options]')
    .exitOverride()
    // What stands after the name of a command is that command's own.
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: termOf })
    .addHelpText('after', examples)
  for (const add of commands) add(program)
  speakPlainly(program, program.name())
  return program
}

const termOf = (command: Command) =>
  [
    command.name(),
    ...command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`)),
  ].join(' ')

/** Makes a command and all below it complain in sentences that lead to the right help. */
function speakPlainly(command: Command, path: string): void {
  command.configureOutput({ outputError: (text, write) => write(complaint(text, path)) })
  for (const each of command.commands) speakPlainly(each, `${path} ${each.name()}`)
}

/** What commander complains about, as one sentence. */
function complaint(text: string, path: string): string {
  const [, what = text, guess] = /^error: ([^\n]*?)\.?\n(?:\((Did you mean .*\?)\)\n)?$/.exec(text) ?? []
  const sentence = what.charAt(0).toUpperCase() + what.slice(1)
  return `openwopi: ${sentence}. ${guess ?? `See "${path} --help".`}\n`
}

function versionOf(): string {
  const read: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof read === 'object' && read && 'version' in read ? String(read.version) : 'unknown'
}
