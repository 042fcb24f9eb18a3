import { CommanderError } from 'commander'
import { CommandError } from './command-error.ts'
import { createProgram } from './program.ts'

/** Runs the command that `argv` (with program and script, as `process.argv`) asks for; resolves to the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  leaveWhenNobodyReads()
  try {
    const program = await createProgram(argv[2])
    await program.parseAsync([...argv])
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    process.stderr.write(`openwopi: ${messageOf(error)}\n`)
    return error instanceof CommandError ? error.exitCode : 1
  }
}

function messageOf(error: unknown): string {
  if (error instanceof CommandError) return error.message
  return error instanceof Error ? `Something unexpected went wrong: ${error.message}` : String(error)
}

/** `openwopi … | head` ends quietly. */
function leaveWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
