import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ChunkedFile, chunkedFile, getBody, putBody, sequenceIn } from '../chunked-file.ts'
import { type Answered, exchange } from '../exchange.ts'
import { type Figure, limitFigure, timeFigure } from '../figures.ts'
import { type HostChild, startHost } from '../host-child.ts'
import { presentations } from '../presentation.ts'
import { type Workplace, withWorkplace } from '../workplace.ts'

const rounds = 9
const name = 'deck.pptx'
const mebibyte = 2 ** 20

/** A host that has one of two versions of a presentation, and is brought the other. */
interface Stage {
  readonly host: HostChild
  readonly path: string
  readonly versions: readonly [ChunkedFile, ChunkedFile]
}

interface Measured {
  readonly times: readonly number[]
  readonly baselineTimes: readonly number[]
  readonly bytes: number
}

/** Milliseconds that it takes to read and hash a file, and nothing else. */
async function plainHash(path: string): Promise<number> {
  const startedAt = performance.now()
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  hash.digest()
  return performance.now() - startedAt
}

const request = ({ host }: Stage, override: string, more: object = {}) => ({
  port: host.ready.port,
  path: host.contents.replace('/contents?', '?'),
  headers: { 'X-WOPI-Override': override, ...more },
})

async function get(stage: Stage, known: ChunkedFile): Promise<Answered> {
  return exchange(request(stage, 'GET_CHUNKED_FILE'), await getBody(known))
}

async function put(stage: Stage, next: ChunkedFile, known: ChunkedFile): Promise<Answered> {
  const state = await exchange(request(stage, 'GET_SEQUENCE_NUMBER'), Buffer.alloc(0))
  const { path, headers } = stage.host.put
  const target = {
    ...{ port: stage.host.ready.port, path },
    headers: {
      ...headers,
      'X-WOPI-Override': 'PUT_CHUNKED_FILE',
      'X-WOPI-SequenceNumber': sequenceIn(state),
    },
  }
  return exchange(target, await putBody(next, known))
}

/** Lets the host and a plain hash take turns, after a round that does not count. `transfer` brings it the first from the second. */
async function inTurns(
  { path, versions: [one, other] }: Stage,
  transfer: (next: ChunkedFile, known: ChunkedFile) => Promise<Answered>,
): Promise<Measured> {
  const times: number[] = []
  const baselineTimes: number[] = []
  let bytes = 0
  for (let round = 0; round <= rounds; round++) {
    const answered = round % 2 === 0 ? await transfer(other, one) : await transfer(one, other)
    const baseline = await plainHash(path)
    bytes = Math.max(bytes, answered.bytes)
    if (round === 0) continue
    times.push(answered.milliseconds)
    baselineTimes.push(baseline)
  }
  return { times, baselineTimes, bytes }
}

function figuresOf(what: string, { times, baselineTimes, bytes }: Measured, size: number): readonly Figure[] {
  return [
    limitFigure({
      what: `${what}, one slide of 100 MB changed: bytes on the wire`,
      value: (bytes / size) * 100,
      unit: '%',
      baseline: `${Math.round(size / 1e6)} MB`,
      limit: 5,
    }),
    timeFigure({
      what: `${what}, one slide of 100 MB changed: time`,
      times,
      baseline: 'read, SHA-256',
      baselineTimes,
      aim: 1.5,
    }),
  ]
}

/** Each version has its turn in being what the host has and the client has not. */
async function memoryFigure(stage: Stage): Promise<Figure> {
  const { host, versions } = stage
  const [one, other] = versions
  const { rss } = await host.usage('reset')
  await get(stage, other)
  for (let round = 0; round < 3; round++) {
    await put(stage, other, one)
    await put(stage, one, other)
    await get(stage, other)
  }
  const { peakRss } = await host.usage()
  return limitFigure({
    what: 'Memory of these over idle',
    value: Math.max(0, peakRss - rss) / mebibyte,
    unit: 'MiB',
    baseline: `idle: ${Math.round(rss / mebibyte)} MiB`,
    limit: 64,
  })
}

/** Throws unless the host has exactly these bytes. */
async function expectContent({ host }: Stage, { bytes }: ChunkedFile): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${host.ready.port}${host.contents}`)
  if (!Buffer.from(await answer.arrayBuffer()).equals(bytes))
    throw new Error('the host has other bytes than it was sent')
}

async function measure(stage: Stage): Promise<readonly Figure[]> {
  const { host, versions } = stage
  const memory = await memoryFigure(stage)
  await expectContent(stage, versions[0])
  const pushed = await inTurns(stage, (next, known) => put(stage, next, known))
  await expectContent(stage, versions[rounds % 2 === 0 ? 1 : 0])
  const pulled = await inTurns(stage, async (next, known) => {
    // Written as a whole, so that the host has not seen its chunks before.
    await exchange(host.put, next.bytes)
    return get(stage, known)
  })
  const size = versions[0].bytes.length
  return [...figuresOf('GetChunkedFile', pulled, size), ...figuresOf('PutChunkedFile', pushed, size), memory]
}

async function stageIn(place: Workplace): Promise<Stage> {
  const [before, after] = presentations()
  const path = join(place.folder, name)
  await writeFile(path, before)
  const versions = [await chunkedFile(before), await chunkedFile(after)] as const
  return { host: await startHost(place, name, { inChunks: true }), path, versions }
}

/** A presentation of 100 MB of which one slide changes, down and up in chunks, against a plain hash of the file. */
export const chunked = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    const stage = await stageIn(place)
    try {
      return await measure(stage)
    } finally {
      await stage.host.kill()
    }
  })
