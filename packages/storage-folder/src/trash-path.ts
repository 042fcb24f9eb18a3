import { join } from 'node:path'
import type { DataFolder } from './data-folder.ts'

/** Where a removed file lies. */
export const trashPath = (data: DataFolder, file: string): string => join(data.trash, file)
