import { eastAsianFonts } from './east-asian-fonts.ts'

/** The fonts that this page has been given. */
export const pageFonts = eastAsianFonts()
