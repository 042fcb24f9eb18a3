import type { Slide } from '../../../../../src/documents/slides/slide.ts'
import { element } from '../../../element.ts'
import type { Media } from '../media.ts'
import { drawPicture, drawShape, gradientOf } from './draw-shape.ts'

/** A slide as it is drawn, and its paragraphs by where they begin in its source. */
export interface DrawnSlide {
  readonly element: HTMLElement
  readonly paragraphs: ReadonlyMap<number, HTMLElement>
}

/** Draws a slide in its own size. */
export function drawSlide(
  { background, ground, shapes }: Slide,
  { width, height, media }: { readonly width: number; readonly height: number; readonly media: Media },
): DrawnSlide {
  const paragraphs = new Map<number, HTMLElement>()
  const slide = element('div', { class: 'slide' })
  Object.assign(slide.style, { width: `${width}px`, height: `${height}px` })
  if (background?.is === 'color') slide.style.backgroundColor = background.color
  if (background?.is === 'gradient') slide.style.backgroundImage = gradientOf(background)
  if (background?.is === 'picture') slide.append(drawPicture(background.picture, { media }))
  slide.append(...ground.map((shape) => drawShape(shape, { media, drawn: () => {} })))
  const drawn = (start: number, paragraph: HTMLElement) => void paragraphs.set(start, paragraph)
  slide.append(...shapes.map((shape) => drawShape(shape, { media, drawn })))
  return { element: slide, paragraphs }
}
