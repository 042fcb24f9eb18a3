import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { callHost, type WopiCallFlags, wopiCommand } from './wopi-call.ts'

/** `openwopi lock`: locks a file. */
export function lock(program: Command): void {
  wopiCommand(program, 'lock')
    .summary('Lock a file.')
    .description('Locks a file for 30 minutes, or for 30 more if it is locked with this id, and prints the id.')
    .option('--lock <ID>', 'The id to lock it with; without it, a new one.')
    .action(async (wopiSrc: string, flags: WopiCallFlags & { readonly lock?: string }) => {
      const id = flags.lock ?? randomUUID()
      await callHost(wopiSrc, flags, (file) => file.lock({ lock: id }))
      process.stdout.write(`${id}\n`)
    })
}
