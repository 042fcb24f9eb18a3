import { pino } from 'pino'
import type { Log } from '../log-event.ts'

/** Where the server's events go: to a person only what needs attention, to anything else one line of JSON each. */
export const openLog = (isTerminal: boolean): Log => (isTerminal ? logForPeople : logAsJson())

const logForPeople: Log = ({ level, event, message = event, cause }) => {
  if (level !== 'warn' && level !== 'error') return
  const why = typeof cause === 'string' ? ` (${cause})` : ''
  process.stderr.write(`  ${level === 'error' ? 'Error' : 'Warning'}: ${message}${why}\n`)
}

function logAsJson(): Log {
  const format = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  }
  // A line that is still in memory when the process dies is the one that would have said why.
  const logger = pino(format, pino.destination({ dest: 1, sync: true }))
  return ({ level, message, ...details }) => logger[level](details, message ?? details.event)
}
