import type { Tag } from './scan.ts'
import { decode } from './text.ts'

const pair = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** The attributes of a tag, by their names as they are spelt. */
export function attributesOf({ rest }: Pick<Tag, 'rest'>): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null)
  for (const [, name = '', double, single] of rest.matchAll(pair)) found[name] = decode(double ?? single ?? '')
  return found
}

/** One attribute that needs no decoding, such as a number or the name of a cell. For tags that come by the thousand. */
export function plainAttribute({ rest }: Tag, name: string): string | undefined {
  const at = rest.indexOf(` ${name}="`)
  if (at < 0) return rest.includes(name) ? attributesOf({ rest })[name] : undefined
  const from = at + name.length + 3
  return rest.slice(from, rest.indexOf('"', from))
}

/** Whether an attribute says yes. `otherwise`: what its absence says. */
export const isOn = (value: string | undefined, otherwise = false): boolean =>
  value === undefined ? otherwise : value === '1' || value === 'true' || value === 'on'
