import { expect, test } from 'vitest'
import { prepareRun, type RunOptions } from '../src/index.ts'
import { aHost, onSocket } from './a-host.ts'

const withoutCreate = { can: ['read', 'write', 'rename', 'delete'] } as const

test('What will be written is said before anything is', async () => {
  const host = await onSocket()
  const run = await prepareRun(host.options)
  expect(run.plan.join()).toContain('made beside letter.txt, written to and deleted')
  expect(await host.names()).toEqual(['letter.txt'])
})

test('A file that is written to itself has its content back, also when the run is left early', async () => {
  const host = await onSocket(withoutCreate)
  const run = await prepareRun({ ...host.options, groups: ['put-file'] })
  expect(run.plan.join()).toContain('letter.txt itself is written to')
  expect(new TextDecoder().decode(run.original)).toBe('Dear Ann,')
  for await (const _ of run.outcomes()) break
  expect(await host.textOfFile()).toBe('Dear Ann,')
  expect(await host.lockOfFile()).toBeUndefined()
  expect(run.leftovers()).toEqual([])
})

test('A file that somebody holds is not written to', { timeout: 120_000 }, async () => {
  const host = await onSocket(withoutCreate)
  const { wopiSrc, accessToken } = host.options
  const headers = { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': 'theirs' }
  await fetch(`${wopiSrc}?access_token=${accessToken}`, { method: 'POST', headers })
  const run = await prepareRun(host.options)
  expect(run.plan).toEqual(['Nothing is written: somebody has locked the file.'])
  for await (const { result } of run.outcomes()) expect(['passed', 'skipped']).toContain(result)
  expect(await host.lockOfFile()).toBe('theirs')
  expect(await host.textOfFile()).toBe('Dear Ann,')
})

test('A host that does not take the content back is said to', async () => {
  const host = await aHost('http://127.0.0.1/wopi', withoutCreate)
  let isRefusing = false
  const fetch: RunOptions['fetch'] = async (url, init) =>
    isRefusing && url.includes('/contents')
      ? new Response(null, { status: 500 })
      : host.host.fetch(new Request(url, init))
  const run = await prepareRun({ ...host.options, fetch, groups: ['put-file'] })
  for await (const _ of run.outcomes()) isRefusing = true
  expect(run.leftovers().join()).toBe('The content of the file could not be put back: status 500.')
})

test('A host that never answers ends each check in time', async () => {
  const host = await aHost('http://127.0.0.1/wopi')
  let isSilent = false
  const fetch: RunOptions['fetch'] = (url, init) =>
    isSilent
      ? new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
      : host.host.fetch(new Request(url, init))
  const run = await prepareRun({ ...host.options, fetch, groups: ['get-file'], timeout: 20, checkTimeout: 50 })
  isSilent = true
  const results = new Set<string>()
  for await (const { result } of run.outcomes()) results.add(result)
  expect(results).toEqual(new Set(['error', 'skipped']))
})

test('A host that is not there, or lets nobody in, cannot be checked', async () => {
  const host = await onSocket()
  await expect(prepareRun({ ...host.options, accessToken: 'wrong' })).rejects.toThrow(
    /CheckFileInfo answers status 401/,
  )
  await expect(prepareRun({ ...host.options, wopiSrc: 'http://127.0.0.1:9/wopi/files/1' })).rejects.toThrow(
    /does not answer/,
  )
})
