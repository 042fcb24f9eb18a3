import { degrees, PDFArray, PDFDict, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { smallPdf } from '../support/small-pdf.ts'

export interface FormOptions {
  /** With cross-references in a stream, as newer PDFs have them. Default: a table. */
  readonly isCompressed?: boolean
  /** Changes it before it is written. */
  readonly change?: (pdf: PDFDocument) => void
}

/** A form of two pages: a name, a box to tick, one of two ways, and a country. */
export async function applicationForm({ isCompressed = false, change }: FormOptions = {}): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([600, 800])
  page.drawText('Application for a library card', { x: 50, y: 740, size: 18 })
  const form = pdf.getForm()
  form.createTextField('applicant').addToPage(page, { x: 50, y: 690, width: 300, height: 24 })
  form.createCheckBox('agreed').addToPage(page, { x: 50, y: 650, width: 18, height: 18 })
  const way = form.createRadioGroup('delivery')
  way.addOptionToPage('post', page, { x: 50, y: 610, width: 18, height: 18 })
  way.addOptionToPage('desk', page, { x: 90, y: 610, width: 18, height: 18 })
  const country = form.createDropdown('country')
  country.setOptions(['Austria', 'Finland', 'Japan'])
  country.addToPage(page, { x: 50, y: 560, width: 200, height: 24 })
  pdf.addPage([600, 800]).drawText('Terms of use', { x: 50, y: 740, size: 18 })
  change?.(pdf)
  return Buffer.from(await pdf.save({ useObjectStreams: isCompressed }))
}

/** A page that is turned by a quarter, as scanners make them. */
export const turned = (pdf: PDFDocument): void => pdf.getPages()[0]?.setRotation(degrees(90))

/** A field with a signature in it, as far as its structure goes. */
export function signed(pdf: PDFDocument): void {
  const signature = pdf.context.obj({ Type: 'Sig', Filter: 'Adobe.PPKLite', ByteRange: [0, 10, 20, 30] })
  signature.set(PDFName.of('Contents'), PDFString.of('no real one'))
  const field = pdf.context.obj({ FT: 'Sig', T: PDFString.of('signature'), V: pdf.context.register(signature) })
  pdf.getForm().acroForm.dict.lookup(PDFName.of('Fields'), PDFArray).push(pdf.context.register(field))
}

/** A form that is also there in a language of forms that only the program that made it understands. */
export async function xfaForm(): Promise<Buffer> {
  const change = (pdf: PDFDocument) => {
    const xfa = pdf.context.register(pdf.context.stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>'))
    // The library throws away what it knows as such.
    pdf.getForm().acroForm.dict.set(PDFName.of('XFB'), xfa)
  }
  return Buffer.from((await applicationForm({ change })).toString('latin1').replace('/XFB', '/XFA'), 'latin1')
}

/** A script that runs when the document is opened, and one at each key stroke in the first field. */
export function withScripts(pdf: PDFDocument): void {
  const script = (JS: string) => pdf.context.obj({ S: 'JavaScript', JS: PDFString.of(JS) })
  pdf.catalog.set(PDFName.of('OpenAction'), script('app.alert("opened"); app.launchURL("http://198.51.100.1/")'))
  const field = pdf.getForm().getTextField('applicant').acroField.dict
  field.set(PDFName.of('AA'), pdf.context.obj({ K: script('event.change = "hacked"') }))
  const widget = pdf.context.lookup(field.lookup(PDFName.of('Kids'), PDFArray).get(0), PDFDict)
  widget.set(PDFName.of('AA'), pdf.context.obj({ K: script('event.change = "hacked"') }))
}

/** A PDF whose trailer says that it is encrypted, in a way that nobody knows. */
export function encryptedPdf(): Buffer {
  const encrypt =
    '/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) >> /ID [(1234567890123456) (1234567890123456)]'
  return Buffer.from(smallPdf(['Secret']).toString('latin1').replace('/Root 1 0 R', `/Root 1 0 R ${encrypt}`), 'latin1')
}
