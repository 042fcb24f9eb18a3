import type { Config } from '../config.ts'
import { CommandError } from './command-error.ts'
import { asSentence } from './text.ts'

/** Why the server could not be started, as something to print. */
export function explainStart(error: unknown, config: Config): CommandError {
  if (error instanceof CommandError) return error
  if (!(error instanceof Error)) return new CommandError(String(error))
  return new CommandError(sentenceFor(error, config), 1, { cause: error })
}

function sentenceFor(
  error: NodeJS.ErrnoException & { port?: number; path?: string; hostname?: string },
  { host, dataFolder, metrics }: Config,
): string {
  const { port, path = dataFolder } = error
  const where = `${host}:${port}`
  switch (error.code) {
    case 'EADDRINUSE':
      if (metrics && metrics.port === port)
        return `${metrics.host}:${port} is in use by another program. Stop that, or choose another place with --metrics.`
      return `${where} is in use by another program. Stop that, or choose other ports with --port and --office-port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      if (error.hostname !== undefined && error.hostname !== host)
        return `The name ${error.hostname} is not known here. Look at the addresses that the server is given, as --database and --blobs.`
      return `This machine has no address ${host} to listen on. Choose another with --host.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      if (error.syscall === 'listen') return `You may not listen on ${where}. Choose a port above 1023 with --port.`
      return `${path} cannot be written. Give yourself the right to, or keep data elsewhere with --data DIR.`
    case 'ENOSPC':
      return `The disk of ${path} is full. Make room, or keep data elsewhere with --data DIR.`
    default:
      return asSentence(error.message)
  }
}
