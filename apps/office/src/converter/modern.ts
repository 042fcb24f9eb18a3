import { converts } from './formats.ts'

/** A format that people edit today. */
export type Modern = 'docx' | 'xlsx' | 'pptx'

const modern: readonly Modern[] = ['docx', 'xlsx', 'pptx']

/** The format of today for files with this extension, given without the dot. `undefined`: there is none. */
export const modernFor = (extension: string): Modern | undefined => modern.find((to) => converts(extension, to))
