import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHost, type Host, memoryLocks, memoryStorage } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { proofCheck } from '@openwopi/host/proof-check'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../src/index.ts'
import { utf8 } from './a-host.ts'

test('a host that requires proofs takes every operation of a client that signs, and none of one that does not', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = { current: exportPublicKey(privateKey) }
  const storage = memoryStorage()
  const by = { id: 'u', name: 'u' }
  const file = await storage.create('', ['Résumé & more.txt'], (async function* () {})(), { by })
  const can = new Set(['read', 'write', 'rename', 'create', 'delete'] as const)
  const access = {
    authorize: async () => ({ user: by, can, expiresAt: Number.MAX_SAFE_INTEGER }),
    issue: async () => ({ token: 't', expiresAt: 0 }),
  }
  let host: Host
  const server = createServer((req, res) => void toNodeListener(host)(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wopi`
  const proof = proofCheck({ keysOf: async () => ({ mode: 'required', keys }) })
  host = createHost({ storage, locks: memoryLocks(), access, proof, publicUrl })

  const options = { wopiSrc: `${publicUrl}/files/${file?.id}?x=%7e`, accessToken: 'tö/ken+ =' }
  const sign = ({ url, token }: { url: string; token: string }) =>
    signProof({ url, token, now: Date.now() }, { current: privateKey })
  const signing = createClient({ ...options, sign })
  expect((await signing.checkFileInfo()).info.BaseFileName).toBe('Résumé & more.txt')
  await signing.lock({ lock: 'a' })
  await signing.putFile({ lock: 'a', content: utf8('x') })
  expect((await signing.renameFile({ lock: 'a', requestedName: 'näme' })).file?.Name).toBe('näme')
  await signing.unlock({ lock: 'a' })
  await expect(createClient(options).checkFileInfo()).rejects.toMatchObject({ code: 'ServerError' })
})
