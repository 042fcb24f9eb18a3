import { readFile, stat } from 'node:fs/promises'
import { CellFault, defaultLimits, dumpMessage, isMessage } from '@openwopi/cell-storage'
import type { Command } from 'commander'
import { CommandError } from './command-error.ts'
import { printable, sizeText } from './text.ts'

/** `openwopi cells`: messages of cell storage, for people who study them. */
export function cells(program: Command): void {
  const group = program
    .command('cells')
    .summary('Show a message of cell storage.')
    .description('Messages of cell storage (MS-FSSHTTPB).')
  group
    .command('dump')
    .argument('<FILE>', 'A file with a request or a response, as bytes or in base64.')
    .description('Prints a message as a tree, one object a line.')
    .action(async (path: string) => {
      const message = messageIn(await contentOf(path))
      if (!message) {
        throw new CommandError(
          `${path} is no message of cell storage: it has to begin with the bytes 0C 00 0B 00, 0D 00 0B 00 or 0E 00 0B 00, as they are or in base64.`,
        )
      }
      process.stdout.write(`${treeOf(path, message).split('\n').map(printable).join('\n')}\n`)
    })
}

async function contentOf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > 2 * defaultLimits.maxBytes) throw new Error(`it is larger than ${sizeText(2 * defaultLimits.maxBytes)}`)
    return await readFile(path)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`${path} could not be read: ${why}.`, 1, { cause })
  }
}

/** The message that a file holds, as bytes or in base64. `undefined`: none. */
function messageIn(content: Uint8Array): Uint8Array | undefined {
  if (isMessage(content)) return content
  const decoded = Buffer.from(Buffer.from(content).toString('latin1'), 'base64')
  return isMessage(decoded) ? decoded : undefined
}

function treeOf(path: string, message: Uint8Array): string {
  try {
    return dumpMessage(message)
  } catch (cause) {
    if (!(cause instanceof CellFault)) throw cause
    throw new CommandError(`${path} is a message that cannot be read: ${cause.message}.`, 1, { cause })
  }
}
