import type { Command } from 'commander'
import { createAudit } from '../audit/audit.ts'
import { openStateDatabase } from '../state/open-state.ts'
import { checkPlaces } from './check-places.ts'
import { usageError } from './command-error.ts'
import { addConfigFlags, configOf, type Flags } from './config-flags.ts'
import { printable } from './text.ts'

type AuditFlags = Flags & { readonly since?: string; readonly json?: boolean }

/** `openwopi audit`: who did what. */
export function audit(program: Command): void {
  const command = program
    .command('audit')
    .summary('Print who opened, saved, shared or restored what.')
    .description('Prints who did what, oldest first. Nothing ever changes or removes an entry.')
    .argument('[DIR]', 'The folder that is served. (default: .)')
    .option('--since <DATE>', 'Only from then on, as 2026-01-31 or 2026-01-31T12:00:00Z.')
    .option('--json', 'One JSON object a line.')
  addConfigFlags(command, ['data', 'database']).action(print)
}

async function print(folder: string | undefined, { since, json, ...flags }: AuditFlags): Promise<void> {
  const from = since === undefined ? 0 : Date.parse(since)
  if (Number.isNaN(from)) throw usageError(`${since} is no date. Write it as 2026-01-31.`)
  const config = configOf(folder, flags)
  await checkPlaces(config)
  const { db, close } = await openStateDatabase(config)
  try {
    const kept = createAudit(db, () => {}, Date.now)
    for await (const entry of kept.since(from)) {
      const { at, by, what, to, details = '' } = entry
      const named = to ? [to.name ?? to.id] : []
      const words = [new Date(at).toISOString(), by.name, what, ...named, details].filter((word) => word !== '')
      process.stdout.write(`${json ? JSON.stringify(entry) : words.map(printable).join('  ')}\n`)
    }
  } finally {
    await close()
  }
}
