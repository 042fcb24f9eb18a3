import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const usual = [
  '/opt/libreoffice/program/soffice',
  '/usr/lib/libreoffice/program/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
]

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where LibreOffice is installed, looked for in the folders of `path` and where it usually is. `undefined`: nowhere. */
export function findSoffice(path: string): string | undefined {
  const named = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => ['soffice', 'libreoffice'].map((name) => join(folder, name)))
  return [...named, ...usual].find(isProgram)
}
