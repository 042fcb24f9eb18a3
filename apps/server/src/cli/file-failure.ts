import { CommandError } from './command-error.ts'
import { printable } from './text.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'it is not there',
  EACCES: 'you may not',
  EPERM: 'you may not',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EFBIG: 'it is too large for the disk',
}

/** What went wrong with a file on this machine, as something to print. `done`: `read`, `written`. */
export function fileFailure(path: string, done: string, cause: NodeJS.ErrnoException): CommandError {
  const why = reasons[cause.code ?? ''] ?? cause.message
  return new CommandError(`${printable(path)} cannot be ${done}: ${why}.`, 1, { cause })
}

/** Whether `error` is about a file on this machine. */
export const isFileFailure = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && fileCalls.has(String(error.syscall))

const fileCalls: ReadonlySet<string> = new Set(['open', 'read', 'write', 'fsync', 'rename', 'close', 'stat', 'mkdir'])
