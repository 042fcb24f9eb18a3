import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { contentOf, isSame, locked, save, says, type World } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/putfile'
const writes = { group: 'put-file', promised: ['SupportsUpdate'], needs: ['scratch'], spec } as const

const everyByte = Uint8Array.from({ length: 4096 }, (_, i) => i % 256)
const large = Uint8Array.from({ length: 1024 * 1024 }, (_, i) => (i * 31 + (i >> 8)) % 256)

const contents: readonly (readonly [what: string, content: Uint8Array])[] = [
  ['of every byte there is', everyByte],
  ['of 1 MiB', large],
  ['of one byte', new Uint8Array([0])],
  ['of no bytes at all', new Uint8Array(0)],
]

const stored = contents.map(
  ([what, content]): Check => ({
    ...writes,
    says: `Content ${what} is stored as it was sent.`,
    covers: ['putFile', 'getFile'],
    async run(world) {
      const target = await world.scratch('before')
      expectStatus(await save(world, target, content), [200])
      const found = await contentOf(target)
      expectThat(
        isSame(found, content),
        `the ${content.byteLength} bytes sent`,
        `${found.byteLength} bytes, not the same`,
      )
    },
  }),
)

const infoOf = async (target: Target): Promise<Readonly<Record<string, unknown>>> =>
  jsonOf(given(await target.ask('checkFileInfo'), 'CheckFileInfo')) ?? {}

async function* inPieces(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

const flowing = (source: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })

async function lockIfAny(world: World, target: Target): Promise<Record<string, unknown>> {
  if (!says(world.info, 'SupportsLocks')) return {}
  const lock = world.newLock()
  await locked(target, lock)
  return { lock }
}

const byHand: readonly Check[] = [
  {
    ...writes,
    says: 'PutFile on an empty file that nobody holds succeeds, so that a client can give it a beginning.',
    covers: ['putFile'],
    async run(world) {
      const target = await world.scratch('')
      const answer = await target.ask('putFile', { content: new TextEncoder().encode('begun') })
      expectStatus(answer, [200])
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'begun', 'the content "begun"', `"${text}"`)
    },
  },
  {
    ...writes,
    says: 'A body that says no length beforehand is stored whole.',
    covers: ['putFile'],
    async run(world) {
      const target = await world.scratch('before')
      const input = await lockIfAny(world, target)
      const body = flowing(inPieces(everyByte, everyByte))
      expectStatus(await target.ask('putFile', { ...input, content: everyByte }, { body }), [200])
      const found = await contentOf(target)
      expectThat(found.byteLength === 8192, '8192 bytes', `${found.byteLength} bytes`)
    },
  },
  {
    ...writes,
    says: 'CheckFileInfo says the new size as soon as PutFile has answered.',
    covers: ['putFile', 'checkFileInfo'],
    async run(world) {
      const target = await world.scratch('before')
      await infoOf(target)
      given(await save(world, target, everyByte), 'PutFile')
      const { Size } = await infoOf(target)
      expectThat(Size === everyByte.byteLength, `Size ${everyByte.byteLength}`, `Size ${String(Size)}`)
    },
  },
  {
    ...writes,
    says: 'The answer to PutFile says LastModifiedTime, without which Collabora gives up the session.',
    client: 'Collabora Online',
    covers: ['putFile'],
    async run(world) {
      const answer = given(await save(world, await world.scratch('before'), 'after'), 'PutFile')
      const { LastModifiedTime } = jsonOf(answer) ?? {}
      expectThat(typeof LastModifiedTime === 'string', '{"LastModifiedTime": "…"}', 'none')
    },
  },
  {
    ...writes,
    says: 'The LastModifiedTime that PutFile answers is the one that CheckFileInfo says afterwards.',
    covers: ['putFile', 'checkFileInfo'],
    async run(world) {
      const target = await world.scratch('before')
      const { LastModifiedTime: told } = jsonOf(given(await save(world, target, 'after'), 'PutFile')) ?? {}
      if (typeof told !== 'string') throw new CannotRun('PutFile answers no LastModifiedTime.')
      const { LastModifiedTime: found } = await infoOf(target)
      expectThat(found === told, `LastModifiedTime ${told}`, String(found))
    },
  },
  {
    ...writes,
    says: 'SHA256, where CheckFileInfo says it, is that of the new content once PutFile has answered.',
    covers: ['putFile', 'checkFileInfo'],
    async run(world) {
      const target = await world.scratch('before')
      await infoOf(target)
      given(await save(world, target, everyByte), 'PutFile')
      const { SHA256 } = await infoOf(target)
      if (typeof SHA256 !== 'string' || SHA256 === '') throw new CannotRun('CheckFileInfo says no SHA256.')
      const digest = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', everyByte))))
      expectThat(SHA256 === digest, digest, SHA256)
    },
  },
  {
    ...writes,
    says: 'PutFile with the names of its editors is answered as it is without.',
    covers: ['putFile'],
    async run(world) {
      const target = await world.scratch('before')
      const input = await lockIfAny(world, target)
      const editors = [String(world.info['UserId']), 'somebody-else']
      expectStatus(await target.ask('putFile', { ...input, editors, content: everyByte }), [200])
    },
  },
]

/** Sends part of a content and breaks off. Resolves when the host knows. */
async function breakOff(world: World, target: Target, headers: Readonly<Record<string, string>>): Promise<void> {
  const input = await lockIfAny(world, target)
  const broken = (async function* () {
    yield large.subarray(0, 256 * 1024)
    throw new Error('broken off')
  })()
  await target.ask('putFile', { ...input, content: large }, { headers, body: flowing(broken) }).catch(() => undefined)
}

const ways: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
  ['that said its length', { 'Content-Length': String(large.byteLength) }],
  ['that did not say its length', {}],
]

const brokenOff = ways.map(
  ([what, headers]): Check => ({
    ...writes,
    says: `An upload ${what} and breaks off leaves the old content.`,
    group: 'atomicity',
    covers: ['putFile', 'getFile'],
    async run(world) {
      const target = await world.scratch('before')
      await breakOff(world, target, headers)
      const found = await contentOf(target)
      const text = new TextDecoder().decode(found.subarray(0, 20))
      expectThat(text === 'before', 'the content "before"', `${found.byteLength} bytes`)
    },
  }),
)

/** Saving. */
export const putFile: readonly Check[] = [...stored, ...byHand, ...brokenOff]
