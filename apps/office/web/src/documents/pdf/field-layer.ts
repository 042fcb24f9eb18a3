import { AnnotationLayer, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { element } from '../../element.ts'
import type { DrawnSheet } from './pdf-view.ts'

/** The fields of a PDF's form, as elements of the page. */
export interface FieldLayers {
  /** The fields of a page, over its drawing. */
  layerFor(sheet: DrawnSheet): Promise<HTMLElement>
  /** What is filled in here, by the names of fields. */
  filled(): ReadonlyMap<string, string>
}

/** Fields that can be filled; buttons and signatures are drawn with the page. No script of theirs is ever run. */
export function fieldLayers(pdf: PDFDocumentProxy): FieldLayers {
  const names = new Map<string, string>()
  const together = pdf.getFieldObjects()
  return {
    async layerFor({ page, viewport: shown }) {
      const annotations = (await page.getAnnotations()).filter(isFillable)
      for (const { id, fieldName } of annotations) names.set(id, fieldName)
      const div = element('div', { class: 'annotationLayer' })
      const viewport = shown.clone({ dontFlip: true })
      const { annotationStorage } = pdf
      const layer = new AnnotationLayer({ ...nothingElse, div, page, viewport, annotationStorage })
      const fieldObjects = await together
      const options = { annotations, fieldObjects, renderForms: true, enableScripting: false, hasJSActions: false }
      await Reflect.apply(layer.render, layer, [options])
      label(div, annotations)
      return div
    },
    filled: () => new Map([...names].flatMap(([id, name]) => filledIn(name, pdf.annotationStorage.getRawValue(id)))),
  }
}

/** What pdf.js can do beside fields, and is not asked for. */
const nothingElse = {
  linkService: {},
  accessibilityManager: undefined,
  annotationCanvasMap: undefined,
  annotationEditorUIManager: undefined,
  structTreeLayer: undefined,
  commentManager: undefined,
}

interface Field {
  readonly id: string
  readonly fieldName: string
  readonly alternativeText?: string
}

const kinds: ReadonlySet<unknown> = new Set(['Tx', 'Btn', 'Ch'])

const isFillable = (annotation: unknown): annotation is Field =>
  typeof annotation === 'object' &&
  annotation !== null &&
  kinds.has(Reflect.get(annotation, 'fieldType')) &&
  Reflect.get(annotation, 'pushButton') !== true

/** Each field says what it is called. */
function label(layer: HTMLElement, fields: readonly Field[]): void {
  for (const input of layer.querySelectorAll('[data-element-id]')) {
    const field = fields.find(({ id }) => id === input.getAttribute('data-element-id'))
    if (field) input.setAttribute('aria-label', field.alternativeText || field.fieldName)
  }
}

function filledIn(name: string, stored: unknown): readonly (readonly [string, string])[] {
  const value: unknown = typeof stored === 'object' && stored !== null ? Reflect.get(stored, 'value') : undefined
  return value === undefined ? [] : [[name, String(value)]]
}
