import { textOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { contentOf, isSame, says } from '../world.ts'
import { fileInfoOf } from './named-in.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/getfile'
const reads = { group: 'get-file', covers: ['getFile'], spec } as const

/** Reading. */
export const getFile: readonly Check[] = [
  {
    ...reads,
    says: 'GetFile answers as many bytes as CheckFileInfo says.',
    covers: ['getFile', 'checkFileInfo'],
    async run({ file }) {
      const { Size } = await fileInfoOf(file)
      const answer = await file.ask('getFile')
      expectStatus(answer, [200])
      const { byteLength } = answer.bytes
      expectThat(byteLength === Size, `${String(Size)} bytes`, `${byteLength} bytes`)
    },
  },
  {
    ...reads,
    says: 'GetFile answers 412 when the file is larger than X-WOPI-MaxExpectedSize.',
    async run({ file, info, ...world }) {
      const target = Number(info['Size']) > 1 ? file : await world.scratch('four')
      expectStatus(await target.ask('getFile', { maxExpectedSize: 1 }), [412])
    },
  },
  {
    ...reads,
    says: 'GetFile answers a file that is exactly as large as X-WOPI-MaxExpectedSize.',
    async run({ file }) {
      const { Size } = await fileInfoOf(file)
      expectStatus(await file.ask('getFile', { maxExpectedSize: Number(Size) }), [200])
    },
  },
  {
    ...reads,
    says: 'GetFile takes no notice of a lock in the request.',
    async run({ file, newLock }) {
      expectStatus(await file.ask('getFile', {}, { headers: { 'X-WOPI-Lock': newLock() } }), [200])
    },
  },
  {
    ...reads,
    says: 'GetFile answers an empty file with 200 and no bytes.',
    needs: ['scratch'],
    promised: ['SupportsUpdate'],
    async run(world) {
      const answer = await (await world.scratch('')).ask('getFile')
      expectStatus(answer, [200])
      expectThat(answer.bytes.byteLength === 0, 'no bytes', `"${textOf(answer).slice(0, 40)}"`)
    },
  },
  {
    ...reads,
    says: 'GetFile says application/octet-stream.',
    severity: 'should',
    async run({ file }) {
      const type = given(await file.ask('getFile'), 'GetFile').headers.get('Content-Type') ?? 'none'
      expectThat(type.startsWith('application/octet-stream'), 'Content-Type application/octet-stream', type)
    },
  },
  {
    ...reads,
    says: 'What GetFile answers is kept by no cache.',
    severity: 'should',
    async run({ file }) {
      const said = given(await file.ask('getFile'), 'GetFile').headers.get('Cache-Control') ?? 'none'
      expectThat(/no-store|no-cache|private/.test(said), 'Cache-Control: no-store', said)
    },
  },
  {
    ...reads,
    says: 'SHA256, where CheckFileInfo says it, is that of what GetFile answers.',
    covers: ['getFile', 'checkFileInfo'],
    async run({ file }) {
      const { SHA256 } = await fileInfoOf(file)
      if (typeof SHA256 !== 'string' || SHA256 === '') throw new CannotRun('CheckFileInfo says no SHA256.')
      const bytes = new Uint8Array(await contentOf(file))
      const digest = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))))
      expectThat(SHA256 === digest, digest, SHA256)
    },
  },
  {
    ...reads,
    says: 'GetFile honours a Range where CheckFileInfo says HasContentRange.',
    promised: ['HasContentRange'],
    needs: ['scratch'],
    async run(world) {
      const target = await world.scratch('0123456789')
      const answer = await target.ask('getFile', { range: 'bytes=2-4' })
      expectStatus(answer, [206])
      const isRight = textOf(answer) === '234' && answer.headers.get('Content-Range') === 'bytes 2-4/10'
      expectThat(isRight, '"234" as bytes 2-4/10', `"${textOf(answer)}" as ${answer.headers.get('Content-Range')}`)
    },
  },
  {
    ...reads,
    says: 'GetFile asked twice answers the same bytes.',
    async run({ file }) {
      const [one, two] = [await contentOf(file), await contentOf(file)]
      expectThat(isSame(one, two), 'the same bytes', `${one.byteLength} and ${two.byteLength} bytes, not the same`)
    },
  },
  {
    ...reads,
    says: 'What a PutFile without permission wants to write is not written.',
    covers: ['putFile'],
    async run({ file, info, newLock }) {
      if (says(info, 'UserCanWrite')) throw new CannotRun('The user of this token may write.')
      const before = await contentOf(file)
      const answer = await file.ask('putFile', { lock: newLock(), content: before })
      expectStatus(answer, [401, 404, 501])
    },
  },
]
