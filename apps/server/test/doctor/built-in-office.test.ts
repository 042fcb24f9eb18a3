import { expect, test, vi } from 'vitest'
import { reverseProxy } from '../reverse-proxy.ts'
import { deployment, remains } from './deployment.ts'

vi.setConfig({ testTimeout: 300_000 })

test('with the built-in office client behind a proxy of its own, all is well, and a proxy that passes no sockets on is found out', async () => {
  const officeProxy = await reverseProxy()
  const { server, examine, faults } = await deployment({
    config: () => ({ clients: [], officeUrl: officeProxy.origin }),
  })
  const { clients } = await (await server.control('examination/begin', {}))
    .json()
    .then(({ deployment }: { deployment: { clients: { url: string }[] } }) => deployment)
  officeProxy.leadTo(clients[0]?.url.replace('/hosting/discovery', '') ?? '')
  const findings = await examine()
  expect(findings.filter(({ result }) => result !== 'ok')).toEqual([])
  expect(findings.map(({ about }) => about)).toContain('co-editing')

  officeProxy.behave({ dropsUpgrade: true })
  expect(await faults()).toEqual([
    expect.stringMatching(
      /^co-editing, problem: The socket for editing together does not open at \S+ \(status 400\), so nothing can be edited/,
    ),
  ])
  officeProxy.behave({ answersWith: { 'X-Frame-Options': 'DENY' } })
  expect(await faults()).toEqual([])
  officeProxy.behave({ answers: (_, res) => void res.writeHead(502).end() })
  expect(await remains(server)).toEqual([])
})
