import { type Finding, verdictOn } from './finding.ts'
import type { ClientPage } from './frames.ts'
import { originOf, type Patient } from './patient.ts'
import { failureCode } from './probe.ts'

/** Whether the socket of the built-in office client opens, over which people edit together. */
export async function officeSocket({ probe }: Patient, { url, answer }: ClientPage): Promise<Finding[]> {
  const { ok, problem } = verdictOn('co-editing')
  const ticket = /"ticket":"([^"]+)"/.exec(answer.body.toString('utf8'))?.[1]
  if (ticket === undefined) return []
  const origin = originOf(url)
  const path = new URL(url).pathname.replace(/\/(view|edit)$/, '')
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    Origin: origin,
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Protocol': `openwopi, ticket.${ticket}`,
  }
  const opened = await probe(`${origin}${path}/socket`, { headers, isStrict: true }).then(
    ({ isUpgraded, status }) => isUpgraded || `status ${status}`,
    failureCode,
  )
  if (opened === true) return [ok(`The socket for editing together opens at ${origin}.`)]
  return [
    problem(
      `The socket for editing together does not open at ${origin} (${opened}), so nothing can be edited: have the proxy pass WebSockets on (nginx: proxy_set_header Upgrade $http_upgrade and Connection "upgrade").`,
    ),
  ]
}
