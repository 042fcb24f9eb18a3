import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What is to be known of a PDF before it is changed, and after. */
export interface PdfFacts {
  readonly pages: number
  readonly isEncrypted: boolean
  /** Its form is of a kind that only the program that made it can fill. */
  readonly hasXfa: boolean
}

/** Why a PDF cannot be read. */
export type PdfFault = 'damaged' | 'password'

/** Opens a PDF and reads its first and its last page. */
export async function readFacts(bytes: Uint8Array): Promise<PdfFacts | PdfFault> {
  const loading = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  try {
    const pdf = await loading.promise
    for (const page of [1, pdf.numPages]) await (await pdf.getPage(page)).getAnnotations()
    const { info } = await pdf.getMetadata()
    const has = (name: string) => Boolean(Reflect.get(info, name))
    return { pages: pdf.numPages, isEncrypted: has('EncryptFilterName'), hasXfa: has('IsXFAPresent') }
  } catch (cause) {
    return cause instanceof Error && cause.name === 'PasswordException' ? 'password' : 'damaged'
  } finally {
    await loading.destroy()
  }
}
