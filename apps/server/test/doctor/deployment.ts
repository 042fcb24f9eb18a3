import { onTestFinished } from 'vitest'
import { runningHost } from '../../src/cli/running-host.ts'
import type { Config } from '../../src/config.ts'
import { examine } from '../../src/doctor/examine.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { type ExaminationOptions, patientOf } from '../../src/doctor/patient-of.ts'
import { discoveryXml, type FakeClient, fakeClient, xml } from '../fake-client.ts'
import { type ProxyManners, type ReverseProxy, reverseProxy } from '../reverse-proxy.ts'
import { type Server, start } from '../start.ts'

/** A host behind a proxy, with a client, all of them well. */
export interface Deployment {
  readonly server: Server
  readonly proxy: ReverseProxy
  readonly client: FakeClient
  /** Everything that the doctor finds. */
  examine(options?: Partial<ExaminationOptions>): Promise<Finding[]>
  /** What the doctor finds that is not well, with the addresses of this deployment as words. */
  faults(options?: Partial<ExaminationOptions>): Promise<string[]>
}

/** How the parts are to be. */
export interface DeploymentOptions {
  readonly manners?: ProxyManners
  /** By the origins of proxy and client. */
  /** What the client says of itself, by its origin. */
  readonly document?: (origin: string) => string
  readonly config?: (origins: { readonly proxy: string; readonly client: FakeClient }) => Partial<Config>
}

/** What a proxy does that is set up well. */
export const good: ProxyManners = { adds: { 'X-Forwarded-For': '192.0.2.7', 'X-Forwarded-Proto': 'http' } }

export const proofKeys =
  '<proof-key modulus="0HOWUPFFgmSYHbLZZzdWO/HUOr8YNfx5NAl7GUytooHZ7B9QxQKTJpj0NIJ4XEskQW8e4dLzRrPbNOOJ+KpWHttXz8HoQXkkZV/gYNxaNHJ8/pRXGMZzfVM5vchhx/2C7ULPTrpBsSpmfWQ6ShaVoQzfThFUd0MsBvIN7HVtqzPx9jbSV04wAqyNjcro7F3iu9w7AEsMejHbFlWoN+J05dP5ixryF7+2U5RVmjMt7/dYUdCoiXvCMt2CaVr0XEG6udHU4iDKVKZjmUBc7cTWRzhqEL7lZ1yQfylp38Nd2xxVJ0sSU7OkC1bBDlePcYGaF3JjJgsmp/H5BNnlW9gSxQ==" exponent="AQAB"/>'

/** Starts one, which ends with the test. */
export async function deployment({
  manners = good,
  config = () => ({}),
  document = (origin) => discoveryXml(origin, proofKeys),
}: DeploymentOptions = {}): Promise<Deployment> {
  const proxy = await reverseProxy(manners)
  const client = await fakeClient('editor')
  client.answerWith(xml(document(client.origin)))
  const server = await start({
    config: {
      clients: [client.config],
      publicUrl: proxy.origin,
      trustedProxies: ['127.0.0.1'],
      ...config({ proxy: proxy.origin, client }),
    },
  })
  proxy.leadTo(server.url)
  const all = async (options: Partial<ExaminationOptions> = {}) => {
    const host = await runningHost(server.dataFolder)
    if (!host) throw new Error('the host does not say that it runs')
    const patient = await patientOf(host, { bodySize: 3_000_000, ...options })
    onTestFinished(patient.end)
    const findings: Finding[] = []
    for await (const finding of examine(patient)) findings.push(finding)
    return findings
  }
  const plain = (text: string) =>
    text
      .replaceAll(proxy.origin, 'PROXY')
      .replaceAll(server.url, 'HOST')
      .replaceAll(client.origin, 'CLIENT')
      .replaceAll(new URL(proxy.origin).host, 'PROXY-NAME')
  return {
    server,
    proxy,
    client,
    examine: all,
    faults: async (options) =>
      (await all(options))
        .filter(({ result }) => result === 'problem' || result === 'warning')
        .map(({ about, result, says }) => `${about}, ${result}: ${plain(says)}`),
  }
}

/** The names of what lies in the folder that is served, and in its trash. */
export async function remains(server: Server): Promise<string[]> {
  const { files } = await server.list()
  const { items } = await (await server.ask('/api/trash')).json()
  return [...files, ...items].map(({ name }: { readonly name: string }) => name)
}
