import type { Section } from '../../../../../src/documents/outline/outline.ts'
import { cspNonce } from '../../../csp-nonce.ts'
import { element } from '../../../element.ts'
import { strings } from '../../../strings.ts'
import type { LayoutSource, OutlineLayout } from '../outline-layout.ts'
import type { ParagraphField } from '../paragraph-field.ts'
import { type SlidePictures, slidePictures } from './slide-pictures.ts'

/** Slides as they look, each with the texts on it beside it. Throws `DocumentError`. */
export async function slideLayout({ reader, root, texts, field }: LayoutSource): Promise<OutlineLayout> {
  const { sections } = reader.outline
  const all = new Map<string, ParagraphField>()
  const pictures = slidePictures(reader, {
    size: await reader.size(),
    texts,
    root,
    chosen: (paragraph) => all.get(paragraph)?.element.focus(),
  })

  const section = ({ id, number, isHidden, paragraphs }: Section): HTMLElement => {
    const label = isHidden ? strings.outline.hiddenSlide(number) : strings.outline.slide(number)
    for (const { id: paragraph } of paragraphs) {
      const made = field(paragraph)
      if (made) all.set(paragraph, made)
    }
    const fields = paragraphs.flatMap((paragraph) => all.get(paragraph.id)?.element ?? [])
    const written = element('div', { class: 'slide-fields' }, ...fields)
    const pair = element('div', { class: 'slide-pair' }, pictures.frame(id), fields.length > 0 ? written : undefined)
    return element('section', { 'aria-label': label }, element('h2', {}, label), pair)
  }

  return {
    elements: sections.map(section),
    fields: [...all.values()],
    changed: (paragraphs) => pictures.changed(new Set([...paragraphs].map((id) => id.slice(0, id.lastIndexOf('#'))))),
    entered: pictures.mark,
    printed: () => printed(sections, pictures),
    end: pictures.end,
  }
}

/** One slide on each sheet, of paper that is as wide and as high. */
async function printed(sections: readonly Section[], { printed: page, size }: SlidePictures): Promise<Node> {
  const paper = `@page { size: ${size.width}px ${size.height}px; margin: 0; }`
  const shown = await Promise.all(sections.filter(({ isHidden }) => !isHidden).map(({ id }) => page(id)))
  return element('div', {}, element('style', { nonce: cspNonce() }, paper), ...shown)
}
