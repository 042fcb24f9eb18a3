import { element } from '../../../element.ts'
import type { LayoutSource, OutlineLayout } from '../outline-layout.ts'

/** The pages of an OpenDocument text. */
export function textLayout({ opened, fileName, field }: LayoutSource): OutlineLayout {
  const fields = opened.outline.sections.flatMap(({ paragraphs }) => paragraphs.flatMap(({ id }) => field(id) ?? []))
  const page = element('section', { 'aria-label': fileName }, ...fields.map((one) => one.element))
  return {
    elements: [page],
    fields,
    changed: () => {},
    entered: () => {},
    printed: () => page.cloneNode(true),
    end: () => {},
  }
}
