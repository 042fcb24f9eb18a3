import { describe, expect, test } from 'vitest'
import { createCellStorage, memoryCellLocks, memoryCellStore, memoryEditorsTables, readResponse } from '../src/index.ts'
import { bare, soap } from './envelope/bodies.ts'
import { memoryContent } from './store/memory-content.ts'
import * as vectors from './vectors.ts'

const schema = '29358EC1-E813-4793-8E70-ED0344E7B73C'
const exclusive = '22222222-E813-4793-8E70-ED0344E7B73C'

/** A server of cell storage with one file, and the answers to what one person asks of it. */
function server(bytes?: Uint8Array) {
  const file = memoryContent(bytes)
  const errors: unknown[] = []
  const storage = createCellStorage({
    store: memoryCellStore(),
    locks: memoryCellLocks(),
    editors: memoryEditorsTables(),
    now: () => 1_700_000_000_000,
    onError: (error) => errors.push(error),
  })
  async function send(text: string, { login = 'ann', canWrite = true } = {}) {
    const { body, ...answer } = await storage.answer({
      body: new TextEncoder().encode(text),
      file: '42',
      content: file.content,
      caller: { login, name: login, isAnonymous: false, canWrite },
    })
    return { ...answer, body: [...body].join('') }
  }
  return { file, send, errors }
}

const codesIn = (answer: string) =>
  [...answer.matchAll(/<SubResponse [^>]*?ErrorCode="(\w+)"/g)].map(([, code]) => code)

const cell = (token: number, base64: string, attributes = '') =>
  `<SubRequest Type="Cell" SubRequestToken="${token}"><SubRequestData BinaryDataSize="1" ${attributes}>${base64}</SubRequestData></SubRequest>`

const coauth = (token: number, type: string, client = 'c1') =>
  `<SubRequest Type="Coauth" SubRequestToken="${token}"><SubRequestData CoauthRequestType="${type}" SchemaLockID="${schema}" ClientID="${client}" Timeout="3600"/></SubRequest>`

describe('Cell storage', () => {
  test('answers what a word processor sent on opening a document, in the form it sent it', async () => {
    const { send, errors } = server(Buffer.from('a document'))
    const opening =
      coauth(1, 'JoinCoauthoring') +
      cell(2, vectors.wordUpdate) +
      '<SubRequest Type="WhoAmI" SubRequestToken="3"/><SubRequest Type="ServerTime" SubRequestToken="4"/>'
    const { status, contentType, body } = await send(bare(opening))
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'text/xml; charset=utf-8' })
    expect(body).toMatch(/^<ResponseVersion [^>]*Version="2" MinorVersion="2"\/><ResponseCollection /)
    expect(codesIn(body)).toEqual(['Success', 'Success', 'Success', 'Success'])
    expect(errors).toEqual([])
  })

  test('opens, puts and reads again, with the locks in between', async () => {
    const { file, send } = server()
    const put = await send(
      soap(bare(cell(1, vectors.putChanges) + coauth(2, 'JoinCoauthoring') + cell(3, vectors.queryChanges))),
    )
    expect(codesIn(put.body)).toEqual(['Success', 'Success', 'Success'])
    expect(file.bytes()?.toString()).toBe('Hello, cell storage!')
    const [data] = [...put.body.matchAll(/<SubResponseData[^>]*>([^<]+)</g)].slice(-1)
    const response = readResponse(Buffer.from(data?.[1] ?? '', 'base64'))
    expect(response.fault ?? response.elements).toHaveLength(6)
    const other = await send(bare(cell(1, vectors.putChanges)), { login: 'bob' })
    expect(codesIn(other.body)).toEqual(['FileAlreadyLockedOnServer'])
    const holder = await send(bare(cell(1, vectors.putChanges, `BypassLockID="${schema}"`)))
    expect(codesIn(holder.body)).toEqual(['Success'])
  })

  test('takes a file for one client with its first save, and gives it back if that fails', async () => {
    const { file, send } = server()
    const saving = (base64: string) => send(bare(cell(1, base64, `ExclusiveLockID="${exclusive}" Timeout="3600"`)))
    const status = async () =>
      /LockType="(\d)"/.exec((await send(bare('<SubRequest Type="LockStatus" SubRequestToken="1"/>'))).body)?.[1]
    expect(codesIn((await saving(vectors.putChanges.slice(0, 200))).body)).toEqual(['CellRequestFail'])
    expect(await status()).toBe('0')
    const saved = await saving(vectors.putChanges)
    expect(saved.body).toContain('LockType="ExclusiveLock"')
    expect(file.bytes()?.toString()).toBe('Hello, cell storage!')
    expect(await status()).toBe('2')
    expect(codesIn((await saving(vectors.putChanges.slice(0, 200))).body)).toEqual(['CellRequestFail'])
    expect(await status()).toBe('2')
    const other = await send(bare(cell(1, vectors.putChanges, 'ExclusiveLockID="another" Timeout="3600"')))
    expect(codesIn(other.body)).toEqual(['FileAlreadyLockedOnServer'])
  })

  test('refuses a body that is none, and says why', async () => {
    const { send } = server()
    const { status, body } = await send('<html/>')
    expect(status).toBe(500)
    expect(body).toContain('<faultstring>a body of cell storage does not begin with &lt;html&gt;</faultstring>')
  })

  test('does nothing for who may only read but let them read', async () => {
    const { file, send } = server(Buffer.from('as it is'))
    const asked = cell(1, vectors.queryChanges) + cell(2, vectors.putChanges) + coauth(3, 'JoinCoauthoring')
    const { body } = await send(bare(asked), { canWrite: false })
    expect(codesIn(body)).toEqual(['Success', 'CellRequestFail', 'FileUnauthorizedAccess'])
    expect(file.bytes()?.toString()).toBe('as it is')
  })
})
