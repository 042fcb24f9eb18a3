import { isKey } from '../names.ts'

/** What a file's rows are found by: its id, or where no database may have that, JSON of it. */
export const fileKey = (file: string): string => (isKey(file) ? file : JSON.stringify(file))
