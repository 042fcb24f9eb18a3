import { pushChunked, signStream } from '@openwopi/client'
import { encodeUtf7 } from '@openwopi/protocol'
import { inMemory } from '@openwopi/protocol/transfer'
import { describe, expect, test } from 'vitest'
import * as vectors from '../../../../packages/cell-storage/test/vectors.ts'
import { objectStores, startTime } from '../../../../packages/storage-sql/test/blobs/object-stores.ts'
import type { Server } from '../start.ts'
import { failed, opened, textOf } from './an-editor.ts'
import { behindFaults } from './behind-faults.ts'

const signed = (text: string) => signStream(inMemory(new TextEncoder().encode(text)))
const restored = async (server: Server, as: 'version' | 'copy') => {
  const [save] = await failed(server)
  return (await server.change('POST', `/api/failed-saves/${save?.id}/restore`, { as })).json()
}

const namespace = 'http://schemas.microsoft.com/sharepoint/soap/'
const putting = `<RequestVersion Version="2" MinorVersion="2" xmlns="${namespace}"/><RequestCollection CorrelationId="3d72888d-0316-4abf-9588-20986f86eb4c" xmlns="${namespace}"><Request RequestToken="1"><SubRequest Type="Cell" SubRequestToken="1"><SubRequestData BinaryDataSize="1">${vectors.putChanges}</SubRequestData></SubRequest></Request></RequestCollection>`
const greeting = 'Hello, cell storage!'

async function putCells({ wopiSrc, accessToken }: { wopiSrc: string; accessToken: string }, relativeTarget?: string) {
  const answer = await fetch(`${wopiSrc}?access_token=${accessToken}`, {
    method: 'POST',
    headers: {
      'X-WOPI-Override': 'COBALT',
      ...(relativeTarget !== undefined && { 'X-WOPI-RelativeTarget': encodeUtf7(relativeTarget) }),
    },
    body: putting,
  })
  return / ErrorCode="(\w+)"/.exec(await answer.text())?.[1]
}

/** As of a bucket that takes nothing more. */
const full = { status: 503, code: 'ServiceUnavailable' } as const
const isWrite = ({ method }: { readonly method: string }) => method === 'PUT' || method === 'POST'

describe.each(objectStores.slice(0, 1))('Of saves in pieces, over %s', { timeout: startTime }, (store) => {
  test('one that carries the chunks that have changed is kept as the document that they make', async () => {
    const { server, breaks } = await behindFaults(store)
    const { name, editor } = await opened(server)
    const { sequenceNumber } = await editor.getSequenceNumber()
    breaks(full, isWrite)
    const push = { content: await signed('made of chunks'), sequenceNumber, lock: 'mine' }
    await expect(pushChunked(editor, push)).rejects.toMatchObject({ code: 'ServerBusy' })
    breaks(undefined)
    expect(await textOf(editor)).toBe('before')
    await editor.unlock({ lock: 'mine' })
    expect(await failed(server)).toMatchObject([{ name, size: 'made of chunks'.length }])
    await restored(server, 'version')
    expect(await textOf(editor)).toBe('made of chunks')
  })

  test('one that goes over a change of somebody else is refused, and is not kept', async () => {
    const { server } = await behindFaults(store)
    const { editor } = await opened(server)
    const push = { content: await signed('too late'), sequenceNumber: 1, lock: 'mine' }
    await expect(pushChunked(editor, push)).rejects.toMatchObject({ code: 'SequenceMismatch' })
    expect(await failed(server)).toEqual([])
  })

  test('one of cell storage is kept as the document that the cells make', async () => {
    const { server, breaks } = await behindFaults(store, { cells: true })
    const { editor, issued, name } = await opened(server)
    await editor.unlock({ lock: 'mine' })
    breaks(full, isWrite)
    expect(await putCells(issued)).not.toBe('Success')
    expect(await putCells(issued)).not.toBe('Success')
    breaks(undefined)
    expect(await textOf(editor)).toBe('before')
    expect(await failed(server)).toMatchObject([{ name, size: greeting.length }])
    await restored(server, 'version')
    expect(await textOf(editor)).toBe(greeting)
  })

  test('one that makes a file of cells is kept as that file', async () => {
    const { server, breaks } = await behindFaults(store, { cells: true })
    const { issued } = await opened(server)
    breaks(full, isWrite)
    expect(await putCells(issued, 'new.docx')).not.toBe('Success')
    breaks(undefined)
    expect(await failed(server)).toMatchObject([{ name: 'new.docx', size: greeting.length }])
    expect(await restored(server, 'copy')).toMatchObject({ name: 'new.docx', size: greeting.length })
  })
})
