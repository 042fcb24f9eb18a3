import { homedir } from 'node:os'
import { sep } from 'node:path'
import { withoutPassword } from '@openwopi/storage-sql/connect'
import { builtIn } from '../clients/configured.ts'
import type { Config } from '../config.ts'
import { withUsers } from '../state/open-state.ts'
import { columns, printable } from './text.ts'

/** What a person at a terminal is told once the server runs. */
export async function greeting(
  config: Config,
  { url, officeUrl }: { readonly url: string; readonly officeUrl?: string },
): Promise<string> {
  const users = (await withUsers(config, (kept) => kept.all())).length
  const clients = config.clients.filter(({ url }) => url !== builtIn).map((client) => ['', 'Editor', client.url])
  const rows = [
    ['', 'Documents', printable(placeOf(config))],
    ...clients,
    ...(officeUrl === undefined ? [] : [['', 'Editor', `built in, at ${officeUrl}`]]),
    [
      '',
      'Sign-in',
      users === 0 ? 'none needed: only this machine can reach it' : `${users} ${users === 1 ? 'user' : 'users'}`,
    ],
  ]
  return `\n  OpenWOPI is running. Open this address in a browser:\n\n    ${url}\n\n${columns(rows)}\n\n  Ctrl+C stops it.\n\n`
}

const placeOf = ({ database, folder }: Config) =>
  database === undefined ? shortened(folder) : withoutPassword(database)

function shortened(path: string): string {
  const home = homedir()
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path
}
