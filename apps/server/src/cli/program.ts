import { readFileSync } from 'node:fs'
import { Command } from 'commander'

/** Each is loaded when it is asked for: what a command stands on takes longer to load than many of them take. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  token: async () => (await import('./token.ts')).token,
  user: async () => (await import('./user.ts')).user,
  audit: async () => (await import('./audit.ts')).audit,
  doctor: async () => (await import('./doctor.ts')).doctor,
  secret: async () => (await import('./secret.ts')).secret,
  check: async () => (await import('./check.ts')).check,
  discovery: async () => (await import('./discovery.ts')).discovery,
  info: async () => (await import('./info.ts')).info,
  get: async () => (await import('./get.ts')).get,
  put: async () => (await import('./put.ts')).put,
  lock: async () => (await import('./lock.ts')).lock,
  unlock: async () => (await import('./unlock.ts')).unlock,
  import: async () => (await import('./import.ts')).importFiles,
  export: async () => (await import('./export.ts')).exportFiles,
  fsck: async () => (await import('./fsck.ts')).fsck,
  recover: async () => (await import('./recover.ts')).recover,
  cells: async () => (await import('./cells.ts')).cells,
}

const examples = `
Examples:
  $ openwopi serve ~/Documents            open, edit and save what is in it
  $ openwopi token ~/Documents/notes.md   what a WOPI client needs to open one
  $ openwopi doctor ~/Documents           what is wrong with a deployment
  $ openwopi discovery http://127.0.0.1:9980
  $ openwopi check WOPISRC              what a WOPI host, any host, does wrong
  $ openwopi get WOPISRC --out notes.md

Run "openwopi COMMAND --help" to see what a command takes.`

/** The command line: all of it, or as far as it takes for the command of this name. */
export async function createProgram(name = ''): Promise<Command> {
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
  const wanted = Object.hasOwn(commands, name) ? [name] : Object.keys(commands)
  const adding = await Promise.all(wanted.map((each) => commands[each]?.()))
  for (const add of adding) add?.(program)
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
