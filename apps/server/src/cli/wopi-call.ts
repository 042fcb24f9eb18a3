import { createClient, type FileClient } from '@openwopi/client'
import type { Command } from 'commander'
import { environment } from '../config.ts'
import { usageError } from './command-error.ts'
import { explain } from './explain.ts'
import { checkVariables } from './read-config.ts'

/** What every command that calls a host is given. */
export interface WopiCallFlags {
  readonly token?: string
}

/** A command that calls the host of one file. */
export const wopiCommand = (program: Command, name: string): Command =>
  program
    .command(name)
    .argument('<WOPISRC>', 'The address of the file at its host, as "openwopi token" prints it.')
    .option('--token <TOKEN>', 'Access token. (OPENWOPI_TOKEN, which other users of this machine cannot see)')

/** Calls the host of a file. What goes wrong is told in a sentence. */
export async function callHost<T>(
  wopiSrc: string,
  flags: WopiCallFlags,
  call: (file: FileClient) => Promise<T>,
): Promise<T> {
  const accessToken = accessTo(wopiSrc, flags)
  try {
    return await call(createClient({ wopiSrc, accessToken }))
  } catch (error) {
    throw explain(error)
  }
}

/** The access token that a command was given, once it is sure that there is a WOPISrc to use it for. */
export function accessTo(wopiSrc: string, flags: WopiCallFlags): string {
  checkVariables(environment)
  const accessToken = flags.token ?? environment['OPENWOPI_TOKEN']
  if (!accessToken) throw usageError('An access token is needed: --token TOKEN, or the variable OPENWOPI_TOKEN.')
  checkWopiSrc(wopiSrc)
  return accessToken
}

function checkWopiSrc(wopiSrc: string): void {
  const isAddress = URL.canParse(wopiSrc) && /^https?:$/.test(new URL(wopiSrc).protocol)
  if (isAddress) return
  throw usageError(
    `"${wopiSrc}" is not a WOPISRC, such as http://127.0.0.1:8080/wopi/files/1. "openwopi token FILE" prints it.`,
  )
}
