import { isValidName, repairName } from '@openwopi/host'
import { Refusal } from '../http/refusal.ts'

/** The name, if a file or folder may have it. Throws a `Refusal` that suggests a better one. */
export function goodName(name: string): string {
  const normal = name.normalize('NFC').trim()
  if (isValidName(normal)) return normal
  const suggestion = repairName(normal)
  throw new Refusal(400, normal === '' ? 'A name is needed.' : `“${shown(normal)}” cannot be a name here.`, {
    suggestion,
  })
}

export const nameTaken = (name: string): Refusal =>
  new Refusal(409, `There is already something named “${shown(name)}” in this folder. Choose another name.`)

/** A name in a sentence: control characters would break it, and a very long one would drown it. */
const shown = (name: string) => {
  const clean = name.replace(/\p{Cc}/gu, '�')
  return clean.length > 80 ? `${clean.slice(0, 79)}…` : clean
}
