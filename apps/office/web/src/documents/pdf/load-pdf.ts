import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { base } from '../../office-api.ts'

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl

/** Opens a PDF. Everything that pdf.js loads on its own comes from this client, and no script of a PDF runs. */
export const loadPdf = (data: Uint8Array): Promise<pdfjs.PDFDocumentProxy> =>
  pdfjs.getDocument({
    data,
    cMapUrl: new URL('pdfjs/cmaps/', base).href,
    standardFontDataUrl: new URL('pdfjs/standard_fonts/', base).href,
    wasmUrl: new URL('pdfjs/wasm/', base).href,
    iccUrl: new URL('pdfjs/iccs/', base).href,
    isEvalSupported: false,
    enableXfa: false,
  }).promise
