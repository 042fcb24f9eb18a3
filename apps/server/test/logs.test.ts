import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import { fakeClient } from './fake-client.ts'
import { signIn, start } from './start.ts'

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

test('whatever happens, no token, password, cookie, query or text of a document gets into the log', async () => {
  const client = await fakeClient()
  const server = await start({
    users: { anna: 'pass-word-of-anna' },
    files: { 'a.txt': 'text-of-the-document' },
    config: { clients: [client.config] },
  })
  const Cookie = await signIn(server, 'anna', 'pass-word-of-anna')
  await server.change('POST', '/api/session', { name: 'anna', password: 'wrong-pass-word' })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const file = createClient({ wopiSrc, accessToken })
  await file.lock({ lock: 'id-of-the-lock' })
  await file.putFile({ lock: 'id-of-the-lock', content: bytes('saved-text') })
  await file.putFile({ lock: 'wrong', content: bytes('refused-text') }).catch(() => {})
  const { info } = await file.checkFileInfo()
  await fetch(String(info.DownloadUrl))
  await fetch(`${wopiSrc}?access_token=${accessToken}x`)
  await fetch(`${wopiSrc}/nothing?access_token=${accessToken}`)
  const page = await (
    await server.ask(`/open/${wopiSrc.split('/').at(-1)}?action=edit&wdx=query-text`, { headers: { Cookie } })
  ).text()
  const pageToken = /name="access_token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  await server.ask('/api/search?q=query-text', { headers: { Cookie } })
  await server.ask('/nothing?q=query-text', { headers: { Cookie } })

  expect(server.log.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['wopi', 'opened', 'token minted', 'signed in', 'request']),
  )
  const lines = server.log.map((event) => JSON.stringify(event)).join('\n')
  const signature = new URL(String(info.DownloadUrl)).searchParams.get('signature') ?? ''
  const secrets = [
    accessToken,
    pageToken,
    Cookie.split('=')[1] ?? '',
    signature,
    'pass-word',
    'text-of-the-document',
    'saved-text',
    'refused-text',
    'query-text',
    'id-of-the-lock',
    'access_token=',
  ]
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(5)
    expect(lines).not.toContain(secret)
  }
})
