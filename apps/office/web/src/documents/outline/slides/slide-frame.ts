import { element } from '../../../element.ts'

/** A place for a slide, which is made as wide as there is room. */
export interface SlideFrame {
  readonly element: HTMLElement
  show(slide: HTMLElement): void
  end(): void
}

/** `width` and `height` are those of the slides. */
export function slideFrame({ width, height }: { readonly width: number; readonly height: number }): SlideFrame {
  const frame = element('div', { class: 'slide-frame' })
  frame.style.aspectRatio = `${width} / ${height}`
  const fit = () => {
    const slide = frame.firstElementChild
    if (slide instanceof HTMLElement) slide.style.transform = `scale(${frame.clientWidth / width})`
  }
  const watcher = new ResizeObserver(fit)
  watcher.observe(frame)
  return {
    element: frame,
    show(slide) {
      frame.replaceChildren(slide)
      fit()
    },
    end: () => watcher.disconnect(),
  }
}
