import type { Command } from 'commander'
import { columns, printable } from './text.ts'
import { callHost, type WopiCallFlags, wopiCommand } from './wopi-call.ts'

/** `openwopi info`: what the host says of a file. */
export function info(program: Command): void {
  wopiCommand(program, 'info')
    .summary('Show what the host says of a file.')
    .description('Shows what the host says of a file: the properties of CheckFileInfo.')
    .option('--json', 'Print them as one JSON object, as the host sent it.')
    .action(async (wopiSrc: string, flags: WopiCallFlags & { readonly json?: boolean }) => {
      const answer = await callHost(wopiSrc, flags, (file) => file.checkFileInfo({}))
      const properties = Object.entries(answer.info).map(([name, value]) => [printable(name), valueText(value)])
      process.stdout.write(`${flags.json ? JSON.stringify(answer.info, undefined, 2) : columns(properties)}\n`)
    })
}

/** A value on one line, without the tokens that some addresses carry. */
function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return printable(text).replace(/(access_token=)[^&\s"]+/gi, '$1…')
}
