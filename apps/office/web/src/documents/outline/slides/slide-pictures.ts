import type { ParagraphChanges } from '../../../../../src/documents/outline/outline.ts'
import { element } from '../../../element.ts'
import { strings } from '../../../strings.ts'
import type { DocumentReader } from '../document-reader.ts'
import { pageMedia } from '../media.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import type { SlideSize } from '../read-looks.ts'
import { drawSlide } from './draw-slide.ts'
import { type SlideFrame, slideFrame } from './slide-frame.ts'
import '../../word/fonts.ts'
import './slides.css'

/** What the slides of a presentation look like with the texts as they are now. */
export interface SlidePictures {
  readonly size: SlideSize
  /** The place where a slide is drawn, once it comes near. */
  frame(section: string): HTMLElement
  /** Draws these slides anew. */
  changed(sections: ReadonlySet<string>): void
  /** Shows which paragraph is being written. `undefined`: none. */
  mark(paragraph: string | undefined): void
  /** A slide of its own, to be printed. */
  printed(section: string): Promise<HTMLElement>
  end(): void
}

export interface SlidePicturesOptions {
  readonly size: SlideSize
  readonly texts: () => ParagraphChanges
  /** What is scrolled. */
  readonly root: HTMLElement
  /** Someone has pointed at a paragraph of a slide. */
  readonly chosen: (paragraph: string) => void
}

interface Shown {
  readonly section: string
  readonly frame: SlideFrame
  /** The paragraphs that are drawn, by their ids; none: the slide is not near. */
  paragraphs: ReadonlyMap<string, HTMLElement>
  isNear: boolean
  /** Set while it cannot be drawn: it is not tried again before its texts change. */
  hasFailed: boolean
  /** Draws it as it is now. */
  readonly show: () => Promise<void>
}

/** Draws slides from what a thread reads of them. */
export function slidePictures(
  reader: DocumentReader,
  { size, texts, root, chosen }: SlidePicturesOptions,
): SlidePictures {
  const media = pageMedia()
  const shown = new Map<Element, Shown>()
  let marked: string | undefined
  let hasEnded = false

  async function draw(section: string): Promise<{ slide: HTMLElement; paragraphs: Map<string, HTMLElement> }> {
    const { looks, paragraphs: ids, pictures } = await reader.slide(section, texts())
    media.add(pictures)
    const { element: slide, paragraphs } = drawSlide(looks, { ...size, media })
    const named = [...paragraphs].flatMap(([start, paragraph]): [string, HTMLElement][] => {
      const id = ids.get(start)
      return id === undefined ? [] : [[id, paragraph]]
    })
    return { slide, paragraphs: new Map(named) }
  }

  async function show(one: Shown): Promise<void> {
    try {
      const { slide, paragraphs } = await draw(one.section)
      if (hasEnded || !one.isNear) return
      one.hasFailed = false
      for (const [id, paragraph] of paragraphs)
        paragraph.addEventListener('click', (event) => isLink(event) || chosen(id))
      one.paragraphs = paragraphs
      one.frame.show(slide)
      markIn(one)
    } catch (cause) {
      if (hasEnded) return
      one.hasFailed = true
      one.frame.show(undrawn(cause))
    }
  }

  const markIn = ({ paragraphs }: Shown) => {
    for (const [id, paragraph] of paragraphs) paragraph.classList.toggle('at', id === marked)
  }

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const one = shown.get(target)
        if (!one || one.isNear === isIntersecting) continue
        one.isNear = isIntersecting
        if (isIntersecting && !one.hasFailed) void one.show()
        else one.paragraphs = new Map()
      }
    },
    { root, rootMargin: '1500px 0px' },
  )

  return {
    size,
    frame(section) {
      const frame = slideFrame(size)
      const one: Shown = {
        section,
        frame,
        paragraphs: new Map(),
        isNear: false,
        hasFailed: false,
        show: oneAtATime(() => show(one)),
      }
      shown.set(frame.element, one)
      watcher.observe(frame.element)
      return frame.element
    },
    changed(sections) {
      for (const one of shown.values()) if (one.isNear && sections.has(one.section)) void one.show()
    },
    mark(paragraph) {
      marked = paragraph
      for (const one of shown.values()) markIn(one)
    },
    async printed(section) {
      const shown = await draw(section).then(({ slide }) => slide, undrawn)
      const page = element('div', { class: 'printed-slide' }, shown)
      Object.assign(page.style, { width: `${size.width}px`, height: `${size.height}px` })
      return page
    },
    end() {
      hasEnded = true
      watcher.disconnect()
      for (const { frame } of shown.values()) frame.end()
      media.release()
    },
  }
}

/** What stands for a slide that cannot be drawn: its texts can be read and written all the same. */
function undrawn(cause: unknown): HTMLElement {
  console.error(cause)
  return element('p', { class: 'failure' }, strings.outline.noPicture)
}

const isLink = ({ target }: Event): boolean => target instanceof Element && target.closest('[data-link]') !== null
