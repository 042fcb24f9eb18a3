import type { ParagraphChanges } from '../../../../../src/documents/outline/outline.ts'
import type { OutlineDocument } from '../../../../../src/documents/outline/outline-document.ts'
import { openSlides } from '../../../../../src/documents/slides/open-slides.ts'
import { element } from '../../../element.ts'
import { strings } from '../../../strings.ts'
import { mediaOf } from '../media.ts'
import { drawSlide } from './draw-slide.ts'
import { type SlideFrame, slideFrame } from './slide-frame.ts'
import '../../word/fonts.ts'
import './slides.css'

/** What the slides of a presentation look like with the texts as they are now. */
export interface SlidePictures {
  /** Of each slide, in pixels. */
  readonly size: { readonly width: number; readonly height: number }
  /** The place where a slide is drawn, once it comes near. */
  frame(section: string): HTMLElement
  /** Draws these slides anew. */
  changed(sections: ReadonlySet<string>): void
  /** Shows which paragraph is being written. `undefined`: none. */
  mark(paragraph: string | undefined): void
  /** A slide of its own, to be printed. */
  printed(section: string): HTMLElement
  end(): void
}

export interface SlidePicturesOptions {
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
}

export function slidePictures(opened: OutlineDocument, { texts, root, chosen }: SlidePicturesOptions): SlidePictures {
  const slides = openSlides(opened.pkg)
  const media = mediaOf(opened.pkg)
  const shown = new Map<Element, Shown>()
  let marked: string | undefined

  function draw(section: string): { slide: HTMLElement; paragraphs: Map<string, HTMLElement> } {
    const { source, paragraphs: ids } = opened.section(section, texts())
    const { element: slide, paragraphs } = drawSlide(slides.slide(section, source), { ...slides, media })
    const named = [...paragraphs].flatMap(([start, paragraph]): [string, HTMLElement][] => {
      const id = ids.get(start)
      return id === undefined ? [] : [[id, paragraph]]
    })
    return { slide, paragraphs: new Map(named) }
  }

  function show(one: Shown): void {
    try {
      const { slide, paragraphs } = draw(one.section)
      for (const [id, paragraph] of paragraphs)
        paragraph.addEventListener('click', (event) => isLink(event) || chosen(id))
      one.paragraphs = paragraphs
      one.frame.show(slide)
      markIn(one)
    } catch (cause) {
      // The texts can be read and written all the same.
      console.error(cause)
      one.frame.show(element('p', { class: 'failure' }, strings.outline.noPicture))
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
        if (isIntersecting) show(one)
        else one.paragraphs = new Map()
      }
    },
    { root, rootMargin: '1500px 0px' },
  )

  return {
    size: slides,
    frame(section) {
      const frame = slideFrame(slides)
      shown.set(frame.element, { section, frame, paragraphs: new Map(), isNear: false })
      watcher.observe(frame.element)
      return frame.element
    },
    changed(sections) {
      for (const one of shown.values()) if (one.isNear && sections.has(one.section)) show(one)
    },
    mark(paragraph) {
      marked = paragraph
      for (const one of shown.values()) markIn(one)
    },
    printed(section) {
      const page = element('div', { class: 'printed-slide' }, draw(section).slide)
      Object.assign(page.style, { width: `${slides.width}px`, height: `${slides.height}px` })
      return page
    },
    end() {
      watcher.disconnect()
      for (const { frame } of shown.values()) frame.end()
      media.release()
    },
  }
}

const isLink = ({ target }: Event): boolean => target instanceof Element && target.closest('[data-link]') !== null
