import { randomBytes, randomUUID } from 'node:crypto'
import { createClient, type FileClient } from '@openwopi/client'
import { explain } from '../cli/explain.ts'
import { type Finding, verdictOn } from './finding.ts'
import type { Patient, Way } from './patient.ts'

const size = 100_000

/** Saves a document as an editor does, and looks whether it comes back as it was. */
export async function saving(patient: Patient, way: Way): Promise<Finding[]> {
  if (!way.echo) return []
  const { ok, problem } = verdictOn('saving')
  const file = await patient.trialFile('txt')
  const progress = { step: 'CheckFileInfo' }
  try {
    const client = createClient({ wopiSrc: file.wopiSrc, accessToken: file.accessToken, fetch: fetchWith(patient) })
    const isSame = await roundTrip(client, progress)
    if (isSame) return [ok('A document is locked, saved, read back and unlocked.')]
    return [problem('A document that was saved does not come back as it was sent: see what changes bodies on the way.')]
  } catch (error) {
    const known = explain(error)
    const why = known instanceof Error ? known.message : String(known)
    return [problem(`Saving a document fails at ${progress.step}, although the host is reached: ${why}`)]
  } finally {
    await patient.removeTrialFile(file.id)
  }
}

async function roundTrip(client: FileClient, progress: { step: string }): Promise<boolean> {
  const lock = randomUUID()
  const bytes = randomBytes(size)
  await client.checkFileInfo()
  progress.step = 'Lock'
  await client.lock({ lock })
  try {
    progress.step = 'PutFile'
    await client.putFile({ lock, content: bytes })
    progress.step = 'GetFile'
    const chunks: Uint8Array[] = []
    for await (const chunk of (await client.getFile()).content) chunks.push(chunk)
    return Buffer.concat(chunks).equals(bytes)
  } finally {
    await client.unlock({ lock }).catch((error: unknown) => {
      if (progress.step === 'GetFile') throw error
    })
  }
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
