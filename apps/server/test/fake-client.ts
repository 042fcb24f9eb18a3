import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { ClientConfig } from '../src/config.ts'

/** Something that answers where a client's discovery document should be. */
export interface FakeClient {
  readonly origin: string
  readonly config: ClientConfig
  /** How often it has been asked. */
  asked(): number
  answerWith(listener: RequestListener): void
  stop(): Promise<void>
}

/** A client that can view and edit text, and only show pictures. `proofKey`: the element with its keys. */
export const discoveryXml = (origin: string, proofKey = ''): string => `<?xml version="1.0" encoding="utf-8"?>
<wopi-discovery><net-zone name="external-http">
<app name="Text" favIconUrl="${origin}/icon.svg">
<action name="view" ext="txt" urlsrc="${origin}/view?&lt;ui=UI_LLCC&amp;&gt;&lt;wopisrc=WOPI_SOURCE&amp;&gt;"/>
<action name="edit" ext="txt" default="true" requires="locks,update" urlsrc="${origin}/edit?&lt;ui=UI_LLCC&amp;&gt;&lt;wopisrc=WOPI_SOURCE&amp;&gt;"/>
<action name="edit" ext="md" requires="locks,update" urlsrc="${origin}/edit?"/>
</app>
<app name="Pictures"><action name="view" ext="png" urlsrc="${origin}/picture?"/></app>
</net-zone>${proofKey}</wopi-discovery>`

export const xml =
  (text: string): RequestListener =>
  (_, res) => {
    res.writeHead(200, { 'Content-Type': 'text/xml' }).end(text)
  }

/** Starts one, which ends with the test. */
export async function fakeClient(name = 'fake'): Promise<FakeClient> {
  let answer: RequestListener = (_, res) => res.writeHead(503).end()
  let asked = 0
  const server = createServer((req, res) => {
    asked += 1
    answer(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  answer = xml(discoveryXml(origin))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(stop)
  return {
    origin,
    config: { name, url: `${origin}/hosting/discovery`, profile: 'generic' },
    asked: () => asked,
    answerWith(listener) {
      answer = listener
    },
    stop,
  }
}
