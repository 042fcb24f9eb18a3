import type { Block, Piece } from '../../../../src/documents/odt/odt-looks.ts'
import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import type { Package } from '../../../../src/documents/package/package.ts'
import type { Fill, Shape, Slide } from '../../../../src/documents/slides/slide.ts'
import { paragraphsIn } from './pages/paragraphs-in.ts'
import { pictureType } from './picture-type.ts'

/** Pictures by the names of their parts. */
export type Pictures = ReadonlyMap<string, Uint8Array>

/** Takes pictures out of a package that browsers can show, each of them once. */
export function picturesOnce(pkg: Package): (parts: Iterable<string>) => Pictures {
  const taken = new Set<string>()
  return (parts) => {
    const isNew = (part: string) => !taken.has(part) && pkg.has(part) && pictureType(part) !== undefined
    const wanted = [...new Set(parts)].filter(isNew)
    for (const part of wanted) taken.add(part)
    return new Map(wanted.flatMap((part) => pictureIn(pkg, part)))
  }
}

/** A picture that cannot be unpacked is drawn as one that cannot be shown: the rest of the document can be read. */
function pictureIn(pkg: Package, part: string): readonly (readonly [string, Uint8Array])[] {
  try {
    return [[part, pkg.read(part)]]
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause
    return []
  }
}

/** The parts of the pictures on a slide. */
export function* picturesOnSlide({ background, ground, shapes }: Slide): Generator<string> {
  yield* pictureOfFill(background)
  for (const shape of [...ground, ...shapes]) yield* picturesOfShape(shape)
}

function* picturesOfShape({ fill, picture, group }: Shape): Generator<string> {
  yield* pictureOfFill(fill)
  if (picture) yield picture.part
  for (const shape of group?.shapes ?? []) yield* picturesOfShape(shape)
}

const pictureOfFill = (fill: Fill | undefined): readonly string[] => (fill?.is === 'picture' ? [fill.picture.part] : [])

/** The parts of the pictures in a text. */
export const picturesInText = (blocks: readonly Block[]): readonly string[] =>
  [...paragraphsIn(blocks)].flatMap(({ pieces }) => pieces.flatMap(pictureOfPiece))

const pictureOfPiece = (piece: Piece): readonly string[] => (piece.is === 'picture' ? [piece.part] : [])
