import '../word/fonts.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'

/** Loads the fonts that a workbook names and this client has: what is drawn before they are there is not drawn again. */
export async function loadFonts({ styles }: Workbook): Promise<void> {
  const families = new Set(
    styles.flatMap(({ font: { name } }) => (name === undefined ? [] : [name.replace(/["\\]/g, '')])),
  )
  const faces = [...families].flatMap((family) => [`12px "${family}"`, `bold 12px "${family}"`])
  await Promise.all(faces.map((face) => document.fonts.load(face).catch(() => [])))
}
