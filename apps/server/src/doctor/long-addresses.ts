import { type Finding, verdictOn } from './finding.ts'
import { echoIn, type Patient, type Way } from './patient.ts'

/** Office for the web breaks with tokens that are much longer; characters. */
const longestToken = 1024
/** What editors add to an address besides the token; characters. */
const room = 1024

/** Whether tokens are as short as they should be, and addresses that hold one come through. */
export async function longAddresses(patient: Patient, way: Way, tokenLength: number): Promise<Finding[]> {
  if (!way.echo) return []
  const { ok, warning, problem } = verdictOn('tokens')
  const length = tokenLength + room
  const url = `${way.url}?access_token=${'t'.repeat(length)}`
  const answer = await patient.probe(url).catch(() => undefined)
  if (!answer || !echoIn(answer)?.url.includes('t'.repeat(length))) {
    const how = answer ? `status ${answer.status}` : 'the connection breaks off'
    return [
      problem(
        `Addresses of ${url.length} characters do not come through (${how}), and those that hold a token may be as long: raise the limit of the proxy (nginx: large_client_header_buffers).`,
      ),
    ]
  }
  if (tokenLength > longestToken) {
    return [
      warning(
        `Tokens have ${tokenLength} characters, and some editors take no more than ${longestToken}: use shorter user names.`,
      ),
    ]
  }
  return [ok(`Tokens have ${tokenLength} characters, and addresses of ${url.length} come through.`)]
}
