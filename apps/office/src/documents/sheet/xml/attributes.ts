import type { Tag } from './scan.ts'
import { decode } from './text.ts'

const pair = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** The attributes of a tag, by their names as they are spelt. */
export function attributesOf({ rest }: Tag): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null)
  for (const [, name = '', double, single] of rest.matchAll(pair)) found[name] = decode(double ?? single ?? '')
  return found
}

/** Whether an attribute says yes. `otherwise`: what its absence says. */
export const isOn = (value: string | undefined, otherwise = false): boolean =>
  value === undefined ? otherwise : value === '1' || value === 'true' || value === 'on'
