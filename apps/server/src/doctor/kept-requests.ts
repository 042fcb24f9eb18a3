import { type Finding, verdictOn } from './finding.ts'
import { echoIn, type Patient, type Way } from './patient.ts'
import { failureCode } from './probe.ts'

/** Headers that clients send, and that have to arrive. Empty ones mean something. */
const sent: Readonly<Record<string, string>> = {
  Authorization: 'Bearer examination',
  'X-WOPI-Override': 'GET_LOCK',
  'X-WOPI-Lock': '',
  'X-WOPI-Proof': 'examination',
  'X-WOPI-ProofOld': 'examination',
  'X-WOPI-TimeStamp': '1',
  'X-WOPI-SuggestedTarget': '+AOk-.docx',
}
/** What URL libraries like to spell in another way. */
const spelling = '/a%20b%2Fc?access_token=a%2fB%2B%3d.~%27-_&access_token_ttl=1&x=+%C3%A9'

/** Whether requests arrive and answers come back as they were sent: proofs are over every character of an address. */
export async function keptRequests(patient: Patient, way: Way): Promise<Finding[]> {
  if (!way.echo) return []
  const { ok, problem } = verdictOn('requests')
  const answer = await patient.probe(way.url + spelling, { method: 'POST', headers: sent, body: '' }).catch(failureCode)
  if (typeof answer === 'string')
    return [problem(`A request like those of editors does not come through (${answer}): see the log of the proxy.`)]
  const echo = echoIn(answer)
  if (!echo) {
    return [
      problem(
        `The proxy refuses a request like those of editors (status ${answer.status}): let POST requests with X-WOPI headers to /wopi through.`,
      ),
    ]
  }
  const missing = Object.keys(sent).filter((name) => echo.headers[name.toLowerCase()] !== sent[name])
  const lost = ['X-WOPI-Lock', 'X-WOPI-ItemVersion'].filter((name) => answer.header(name) === undefined)
  const findings = [
    ...(echo.url.endsWith(spelling) ? [] : [problem(respelt)]),
    ...(missing.length > 0 ? [problem(dropped('requests', missing))] : []),
    ...(lost.length > 0 ? [problem(dropped('answers', lost))] : []),
  ]
  return findings.length > 0 ? findings : [ok('Requests of editors arrive as they are sent, and answers come back so.')]
}

const respelt =
  'The proxy spells addresses in another way when it passes them on, so proofs do not hold: have it pass them on as they come (nginx: proxy_pass without a path).'

const dropped = (what: string, names: readonly string[]): string =>
  `The proxy drops or changes ${names.join(', ')} in ${what}: have it pass on all headers of WOPI, also those without a value.`
