import { withoutPassword } from '@openwopi/storage-sql/connect'
import type { Command } from 'commander'
import { type Config, options } from '../config.ts'
import { checkPlaces, checkUsers } from './check-places.ts'
import { addConfigFlags, configOf, type Flags, helpOf } from './config-flags.ts'
import { explainStart } from './explain-start.ts'
import { greeting } from './greeting.ts'
import { openLog } from './open-log.ts'

const configHelp = `
Each option can also be set by its variable, or in the configuration file under
its name without the dashes, as in "port: 9000". A flag counts before a variable,
a variable before the file.`

/** `openwopi serve`: runs the host until it is told to stop. */
export function serve(program: Command): void {
  const command = program
    .command('serve')
    .summary('Serve a folder of documents.')
    .description('Serves a folder of documents: a web page to browse and edit them, and a WOPI host.')
    .argument('[DIR]', helpOf(options.folder))
  command.addHelpText('after', configHelp)
  addConfigFlags(command).action(async (folder: string | undefined, flags: Flags) => {
    const config = configOf(folder, flags)
    await checkPlaces(config)
    await checkUsers(config)
    await runUntilStopped(config)
  })
}

async function runUntilStopped(config: Config): Promise<void> {
  const isTerminal = process.stdout.isTTY === true
  const log = openLog(isTerminal)
  const stopped = stopSignal()
  // Loaded here only: the other commands start without the server.
  const { createApp } = await import('../app.ts')
  const app = await explained(config, () => createApp(config, log))
  try {
    const addresses = await explained(config, () => app.listen())
    if (isTerminal) process.stdout.write(await greeting(config, addresses))
    log({
      level: 'info',
      event: 'listening',
      message: `OpenWOPI serves ${config.database === undefined ? config.folder : withoutPassword(config.database)} at ${addresses.url}`,
      ...addresses,
    })
    const signal = await stopped
    if (isTerminal)
      process.stdout.write('\n  Stopping: what is under way is finished first. Ctrl+C once more ends it at once.\n')
    log({ level: 'info', event: 'stopping', message: 'What is under way is finished first', signal })
  } finally {
    await app.close()
  }
  log({ level: 'info', event: 'stopped', message: 'OpenWOPI has stopped' })
}

async function explained<T>(config: Config, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    throw explainStart(error, config)
  }
}

/** The first signal to stop. A second one ends the process at once, as it does without us. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const each of ['SIGINT', 'SIGTERM']) process.removeListener(each, stop)
      resolve(signal)
    }
    for (const each of ['SIGINT', 'SIGTERM']) process.on(each, stop)
  })
}
