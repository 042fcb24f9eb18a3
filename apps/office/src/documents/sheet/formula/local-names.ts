import type { Piece } from './pieces.ts'

/** How files mark the names that a formula gives to values of its own. */
const mark = /^_xlpm\./i

/** A call in a formula: where each of its arguments begins, and where it ends, counted in pieces. */
interface Call {
  readonly name: string
  readonly starts: number[]
  end: number
}

/** The pieces with such names as people type them. */
export const withoutNameMarks = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.map((piece) => (isName(piece) ? { ...piece, text: piece.text.replace(mark, '') } : piece))

/** The pieces with such names as files mark them: those that LET and LAMBDA bring in, wherever they are used. */
export function withNameMarks(pieces: readonly Piece[]): readonly Piece[] {
  const marked = new Set<number>()
  for (const call of callsOf(pieces)) {
    const names = new Set(namesIn(pieces, call))
    for (let at = call.starts[0] ?? call.end; at < call.end; at++) {
      const piece = pieces[at]
      if (piece && isName(piece) && names.has(piece.text.toUpperCase())) marked.add(at)
    }
  }
  return pieces.map((piece, at) => (marked.has(at) ? { ...piece, text: `_xlpm.${piece.text}` } : piece))
}

/** A name is used as a word, or called where it stands for a function. */
const isName = ({ is }: Piece): boolean => is === 'word' || is === 'function'

/** In LET every other argument is a name, in LAMBDA each; the last is what comes out. */
function namesIn(pieces: readonly Piece[], { name, starts, end }: Call): readonly string[] {
  const step = name === 'LET' ? 2 : 1
  return starts.slice(0, -1).flatMap((start, index) => {
    const isPlace = index % step === 0
    const written = pieces.slice(start, (starts[index + 1] ?? end + 1) - 1).filter(({ text }) => text.trim() !== '')
    const [only] = written
    return isPlace && written.length === 1 && only?.is === 'word' ? [only.text.toUpperCase()] : []
  })
}

/** The calls of LET and LAMBDA. */
function callsOf(pieces: readonly Piece[]): readonly Call[] {
  const found: Call[] = []
  const open: (Call | undefined)[] = []
  for (const [at, { text }] of pieces.entries()) {
    if (text === '(' || text === '{') {
      const before = text === '(' ? pieces[at - 1] : undefined
      const name = before?.is === 'function' ? before.text.toUpperCase() : ''
      open.push({ name, starts: [at + 1], end: pieces.length })
    }
    if (text === ',') open.at(-1)?.starts.push(at + 1)
    if (text !== ')' && text !== '}') continue
    const call = open.pop()
    if (call) call.end = at
    if (call && (call.name === 'LET' || call.name === 'LAMBDA')) found.push(call)
  }
  return found
}
