import { actionButton } from '../../bar.ts'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'

const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3]

/** Something that is shown larger or smaller; 1 is its own size. */
export interface Zoomed {
  zoom: number
  /** The zoom with which its pages are as wide as the place for them. `undefined`: it is not laid out, or out of sight. */
  fittingZoom(): number | undefined
}

export interface WordZoom {
  readonly element: HTMLElement
  /** Shows a document that is wider than its place as wide as that, once both are known; unless somebody chooses before. */
  fit(): void
}

/** Buttons that show a document larger and smaller, and as wide as there is place. */
export function wordZoom(zoomed: () => Zoomed | undefined): WordZoom {
  const { actions, labels } = strings
  const reading = element('output', { class: 'reading' })
  const say = (zoom: number) => {
    reading.textContent = labels.zoom(Math.round(zoom * 100))
  }
  let isToFit = false
  /** `false`: it cannot be said yet, or there is no such zoom. */
  const go = (to: (shown: Zoomed) => number | undefined): boolean => {
    const shown = zoomed()
    const zoom = shown && to(shown)
    if (!shown || zoom === undefined) return false
    isToFit = false
    shown.zoom = zoom
    say(zoom)
    return true
  }
  const fit = () => {
    // Frames are drawn only of what is seen: whoever looks at another page meanwhile is waited for at no cost.
    if (isToFit && !go((shown) => atMost(1, shown.fittingZoom()))) requestAnimationFrame(fit)
  }
  say(1)
  const buttons = element(
    'div',
    { class: 'tool-group' },
    actionButton({
      icon: 'zoomOut',
      label: actions.zoomOut,
      run: () => void go(({ zoom }) => steps.findLast((step) => step < zoom - 0.005)),
    }),
    reading,
    actionButton({
      icon: 'zoomIn',
      label: actions.zoomIn,
      run: () => void go(({ zoom }) => steps.find((step) => step > zoom + 0.005)),
    }),
    actionButton({ icon: 'fitWidth', label: actions.fitWidth, run: () => void go((shown) => shown.fittingZoom()) }),
  )
  return {
    element: buttons,
    fit() {
      isToFit = true
      fit()
    },
  }
}

const atMost = (most: number, zoom: number | undefined) => zoom && Math.min(most, zoom)
