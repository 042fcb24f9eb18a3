import type { Command } from 'commander'
import { callHost, type WopiCallFlags, wopiCommand } from './wopi-call.ts'

/** `openwopi unlock`: unlocks a file. */
export function unlock(program: Command): void {
  wopiCommand(program, 'unlock')
    .summary('Unlock a file.')
    .description('Unlocks a file that is locked with ID.')
    .requiredOption('--lock <ID>', 'The id that it is locked with, as "openwopi lock" printed it.')
    .action(async (wopiSrc: string, flags: WopiCallFlags & { readonly lock: string }) => {
      await callHost(wopiSrc, flags, (file) => file.unlock({ lock: flags.lock }))
      process.stdout.write('Unlocked.\n')
    })
}
