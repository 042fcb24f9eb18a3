/** A piece of a formula. References are those to cells; everything else that has a name is a word. */
export interface Piece {
  readonly is: 'reference' | 'function' | 'word' | 'text' | 'sheet' | 'structured' | 'other'
  readonly text: string
}

const shapes: readonly (readonly [Piece['is'], RegExp])[] = [
  ['text', /"(?:[^"]|"")*"/y],
  // A sheet, and the workbook it may be in, before an exclamation mark.
  [
    'sheet',
    /(?:'(?:[^']|'')+'|\[[^\]]*\][^!'"(),;:+\-*/^&=<>\s]*|[\p{L}_\\][\p{L}\p{N}_.\\]*(?::[\p{L}_\\][\p{L}\p{N}_.\\]*)?)!/uy,
  ],
  ['function', /[\p{L}_\\][\p{L}\p{N}_.\\]*(?=\()/uy],
  ['structured', /[\p{L}_\\]?[\p{L}\p{N}_.\\]*\[(?:[^[\]']|'.|\[(?:[^[\]']|'.)*\])*\]/uy],
  ['reference', /\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?![\p{L}\p{N}_.(])/uy],
  // Whole columns and whole rows.
  ['reference', /\$?[A-Za-z]{1,3}(?=:\$?[A-Za-z]{1,3}(?![\p{L}\p{N}_.(]))|(?<=:)\$?[A-Za-z]{1,3}(?![\p{L}\p{N}_.(])/uy],
  ['reference', /\$?[1-9]\d{0,6}(?=:\$?[1-9]\d{0,6}(?![\p{L}\p{N}_.(]))|(?<=\d:)\$?[1-9]\d{0,6}(?![\p{L}\p{N}_.(])/uy],
  ['word', /[\p{L}_\\][\p{L}\p{N}_.\\?]*/uy],
  ['other', /#[A-Z\d/]+[!?]?|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[\s\S]/uy],
]

/** Takes a formula apart. Put together again, the pieces are the formula. */
export function piecesOf(formula: string): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < formula.length; at += pieces.at(-1)?.text.length ?? 1) pieces.push(pieceAt(formula, at))
  return pieces
}

function pieceAt(formula: string, at: number): Piece {
  for (const [is, shape] of shapes) {
    shape.lastIndex = at
    const text = shape.exec(formula)?.[0]
    if (text) return { is, text }
  }
  return { is: 'other', text: formula.charAt(at) }
}
