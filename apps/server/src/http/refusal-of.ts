import { statfs } from 'node:fs/promises'
import { Refusal } from './refusal.ts'

/** With less than this left, writing fails soon; bytes. */
const nearlyNothing = 1024 * 1024

/** What the person is told of an error. Of one that nobody foresaw: nothing but that it happened. */
export async function refusalOf(error: unknown, dataFolder: string): Promise<Refusal> {
  if (error instanceof Refusal) return error
  if (await isDiskFull(error, dataFolder)) {
    return new Refusal(507, 'The disk of the server is full. Nothing was changed. Make room and try again.', {
      cause: error,
    })
  }
  return new Refusal(500, 'Something went wrong on the server. Nothing was changed as far as is known. Try again.', {
    cause: error,
  })
}

async function isDiskFull(error: unknown, folder: string): Promise<boolean> {
  if (error instanceof Error && 'code' in error) return error.code === 'ENOSPC' || error.code === 'EDQUOT'
  // Some libraries say only that writing failed.
  const disk = error === undefined ? await statfs(folder).catch(() => undefined) : undefined
  return disk !== undefined && disk.bavail * disk.bsize < nearlyNothing
}
