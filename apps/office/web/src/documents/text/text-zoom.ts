import { actionButton } from '../../bar.ts'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'

const steps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3]

/** Buttons that make the letters of a text larger and smaller; they are measured anew by `zoomed`. */
export function textZoom(text: HTMLElement, zoomed: () => void): HTMLElement {
  const { actions, labels } = strings
  const reading = element('output', { class: 'reading' })
  let at = steps.indexOf(1)
  const go = (by: number) => {
    at = Math.min(steps.length - 1, Math.max(0, at + by))
    text.style.setProperty('--zoom', String(steps[at]))
    reading.textContent = labels.zoom(Math.round((steps[at] ?? 1) * 100))
    zoomed()
  }
  go(0)
  return element(
    'div',
    { class: 'tool-group text-zoom' },
    actionButton({ icon: 'zoomOut', label: actions.zoomOut, run: () => go(-1) }),
    reading,
    actionButton({ icon: 'zoomIn', label: actions.zoomIn, run: () => go(1) }),
  )
}
