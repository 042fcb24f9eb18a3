import { type Frame, hashOfChunkId, writeFrames } from '@openwopi/protocol/transfer'
import type { Content } from '../ports.ts'
import { type Piece, type Run, runsOf } from './pieces.ts'
import { takeApart } from './taken-apart.ts'

/** A piece of a file that goes out in a frame of its own. */
export interface OutgoingPiece extends Piece {
  readonly chunkId: string
  /** Absent: it is a whole chunk. */
  readonly range?: { readonly offset: number; readonly isEnd: boolean }
}

interface OpenRun {
  readonly run: Run<OutgoingPiece>
  readonly content: Content
}

/**
 * A body of a message, these pieces, and the end. They are opened before it begins, so that all of them are of one state
 * of the file, whatever happens to it on the way. `undefined`: it has moved on already.
 */
export async function chunkFrames(message: object, pieces: readonly OutgoingPiece[]): Promise<Content | undefined> {
  const open: OpenRun[] = []
  for (const run of runsOf(pieces)) {
    const content = await run.source.open(run.start, run.start + run.length)
    if (!content) return undefined
    open.push({ run, content })
  }
  return writeFrames(frames(message, open))
}

async function* frames(message: object, runs: readonly OpenRun[]): AsyncGenerator<Frame> {
  yield { type: 'message', json: message }
  for (const { run, content } of runs) {
    const parts = takeApart(content)
    try {
      for (const piece of run.pieces) yield frameOf(piece, parts.take(piece.length))
    } finally {
      await parts.close()
    }
  }
  yield { type: 'end' }
}

function frameOf({ chunkId, length, range }: OutgoingPiece, content: Content): Frame {
  const hash = hashOfChunkId(chunkId)
  if (!hash) throw new Error(`${chunkId} is not the id of a chunk`)
  return range ? { type: 'range', hash, length, content, ...range } : { type: 'chunk', hash, length, content }
}
