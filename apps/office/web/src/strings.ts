import { type Strings, stringsFor } from '../../src/strings/index.ts'

/** The strings of this page's language, which the server has picked. */
export const strings: Strings = stringsFor([document.documentElement.lang]).strings
