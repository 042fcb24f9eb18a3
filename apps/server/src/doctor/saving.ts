import { randomBytes, randomUUID } from 'node:crypto'
import { createClient, type FileClient } from '@openwopi/client'
import { explain } from '../cli/explain.ts'
import { type Finding, verdictOn } from './finding.ts'
import type { Patient, Way } from './patient.ts'

/** Bytes. */
const size = 10_000

/** Saves a document as an editor does, and looks whether it comes back as it was. */
export async function saving(patient: Patient, way: Way): Promise<Finding[]> {
  if (!way.echo) return []
  const { ok, problem } = verdictOn('saving')
  const file = await patient.trialFile('txt')
  const progress = { step: 'CheckFileInfo' }
  try {
    const client = createClient({ wopiSrc: file.wopiSrc, accessToken: file.accessToken, fetch: fetchWith(patient) })
    const outcome = await roundTrip(client, progress)
    if (outcome !== 'changed') return [ok(`A document is ${outcome}.`)]
    return [problem('A document that was saved does not come back as it was sent: see what changes bodies on the way.')]
  } catch (error) {
    const known = explain(error)
    const why = known instanceof Error ? known.message : String(known)
    return [problem(`Saving a document fails at ${progress.step}, although the host is reached: ${why}`)]
  } finally {
    await patient.removeTrialFile(file.id)
  }
}

type Outcome =
  | 'found; saving is switched off'
  | 'saved and read back'
  | 'locked, saved, read back and unlocked'
  | 'changed'

/** Goes as far as the host offers: it may have been started without locks, or without saving. */
async function roundTrip(client: FileClient, progress: { step: string }): Promise<Outcome> {
  const { info } = await client.checkFileInfo()
  if (!info.SupportsUpdate) return 'found; saving is switched off'
  if (!info.SupportsLocks) return (await comesBack(client, progress)) ? 'saved and read back' : 'changed'
  const lock = randomUUID()
  progress.step = 'Lock'
  await client.lock({ lock })
  const isSame = await comesBack(client, progress, lock).finally(() => client.unlock({ lock }))
  return isSame ? 'locked, saved, read back and unlocked' : 'changed'
}

/** Whether what is saved is what is read back. */
async function comesBack(client: FileClient, progress: { step: string }, lock?: string): Promise<boolean> {
  const bytes = randomBytes(size)
  progress.step = 'PutFile'
  await client.putFile({ content: bytes, ...(lock !== undefined && { lock }) })
  progress.step = 'GetFile'
  const chunks: Uint8Array[] = []
  for await (const chunk of (await client.getFile()).content) chunks.push(chunk)
  return Buffer.concat(chunks).equals(bytes)
}

/** A fetch that knows the same authorities as the rest of the examination. */
const fetchWith =
  ({ probe }: Patient) =>
  async (url: string, { method = 'GET', headers, body }: RequestInit): Promise<Response> => {
    const sent = body ? new Uint8Array(await new Response(body).arrayBuffer()) : undefined
    const answer = await probe(url, {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(sent ? { body: sent } : method === 'POST' ? { body: '' } : {}),
      isStrict: true,
    })
    const names = [
      'Content-Type',
      'X-WOPI-Lock',
      'X-WOPI-LockFailureReason',
      'X-WOPI-ItemVersion',
      'X-WOPI-ServerError',
    ]
    const found = names.flatMap((name): [string, string][] => {
      const value = answer.header(name)
      return value === undefined ? [] : [[name, value]]
    })
    const hasBody = ![101, 204, 205, 304].includes(answer.status)
    return new Response(hasBody ? new Uint8Array(answer.body) : null, { status: answer.status, headers: found })
  }
