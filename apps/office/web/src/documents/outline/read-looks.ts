import type { TextPages } from '../../../../src/documents/odt/odt-looks.ts'
import { readOdt } from '../../../../src/documents/odt/open-odt.ts'
import type { Outline, ParagraphChanges } from '../../../../src/documents/outline/outline.ts'
import { openOutline } from '../../../../src/documents/outline/outline-document.ts'
import { openSlides, type Slides } from '../../../../src/documents/slides/open-slides.ts'
import type { Slide } from '../../../../src/documents/slides/slide.ts'
import { type Pictures, picturesInText, picturesOnce, picturesOnSlide } from './pictures-in.ts'

/** A presentation or an OpenDocument text. */
export interface OutlineFile {
  readonly bytes: Uint8Array
  /** How its name ends, without the dot. */
  readonly extension: string
}

/** A section with new texts of some paragraphs. */
export interface ChangedSection {
  readonly id: string
  readonly changes: ParagraphChanges
}

/** What a section looks like. */
export interface SectionLooks<Looks> {
  readonly looks: Looks
  /** Ids of paragraphs, by where their elements begin. */
  readonly paragraphs: ReadonlyMap<number, string>
  /** Pictures that it shows, but those that an earlier answer has held. */
  readonly pictures: Pictures
}

/** Of each slide, in pixels. */
export type SlideSize = Pick<Slides, 'width' | 'height'>

/** What can be asked about a document. Each throws `DocumentError`. */
export interface LooksReader {
  outline(): Outline
  size(): SlideSize
  slide(section: ChangedSection): SectionLooks<Slide>
  pages(section: ChangedSection): SectionLooks<TextPages>
  /** The document with new texts of some paragraphs. */
  write(changes: ParagraphChanges): Uint8Array
}

/** Opens a document for its text and its looks. Throws `DocumentError`. */
export function readLooks({ bytes, extension }: OutlineFile): LooksReader {
  const opened = openOutline(bytes, extension)
  const { outline, pkg } = opened
  const pictures = picturesOnce(pkg)
  let read: Slides | undefined
  const slides = () => {
    read ??= openSlides(pkg)
    return read
  }
  return {
    outline: () => outline,
    size: () => ({ width: slides().width, height: slides().height }),
    slide({ id, changes }) {
      const { source, paragraphs } = opened.section(id, changes)
      const looks = slides().slide(id, source)
      return { looks, paragraphs, pictures: pictures(picturesOnSlide(looks)) }
    },
    pages({ id, changes }) {
      const { source, paragraphs } = opened.section(id, changes)
      const looks = readOdt(pkg, source)
      return { looks, paragraphs, pictures: pictures(picturesInText(looks.blocks)) }
    },
    write: (changes) => opened.write(changes),
  }
}
