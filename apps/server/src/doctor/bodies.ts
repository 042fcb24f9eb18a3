import { sizeText } from '../cli/text.ts'
import { type Finding, verdictOn } from './finding.ts'
import type { Patient, Way } from './patient.ts'
import { failureCode } from './probe.ts'

/** What became of a body: it came through, or this is what the answer was. */
type Outcome = true | string

const steps = [1, 64, 512, 1000, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 262_144].map(
  (kb) => kb * 1024,
)

/** Whether bodies as large as documents come through. */
export async function bodies(patient: Patient, way: Way): Promise<Finding[]> {
  if (!way.echo) return []
  const { ok, problem } = verdictOn('bodies')
  const { bodySize } = patient
  const outcome = await sendBody(patient, way, bodySize)
  if (outcome === true) return [ok(`Bodies of ${sizeText(bodySize)} come through at ${way.address}.`)]
  let passes = 0
  for (const size of steps.filter((step) => step < bodySize)) {
    if ((await sendBody(patient, way, size)) !== true) break
    passes = size
  }
  const most = passes > 0 ? `, and ${sizeText(passes)} are not` : ''
  return [
    problem(
      `Bodies of ${sizeText(bodySize)} are refused on the way (${outcome})${most}, so large documents cannot be saved: raise the limit of the proxy (nginx: client_max_body_size 0).`,
    ),
  ]
}

async function sendBody(patient: Patient, { url }: Way, size: number): Promise<Outcome> {
  const headers = { 'Content-Type': 'application/octet-stream', 'X-WOPI-Override': 'PUT' }
  try {
    // A slow line may take a while for it.
    const timeout = 15_000 + Math.ceil(size / 64)
    const answer = await patient.probe(`${url}/body`, { method: 'POST', headers, body: Buffer.alloc(size), timeout })
    const arrived = answer.status === 200 && answer.body.toString().includes(`"bytes":${size}}`)
    return arrived || `status ${answer.status}`
  } catch (error) {
    const code = failureCode(error)
    return code === 'TIMEOUT' ? 'no answer in time' : `the connection breaks off, ${code}`
  }
}
