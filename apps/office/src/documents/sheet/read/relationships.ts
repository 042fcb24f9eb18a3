import type { Package } from '../../package/package.ts'
import { attributesOf } from '../xml/attributes.ts'
import { scan } from '../xml/scan.ts'
import { readXml } from './read-xml.ts'

/** A part that another one refers to. */
export interface Relationship {
  readonly id: string
  /** The last word of its type, such as `worksheet`: the rest differs between the editions of the standard. */
  readonly type: string
  /** As it is written. */
  readonly target: string
  /** The name of the part. `undefined`: it is outside of the package. */
  readonly part: string | undefined
}

/** What the part of this name refers to. */
export function relationshipsOf(document: Package, part: string): readonly Relationship[] {
  const source = relationshipsPart(part)
  if (!document.has(source)) return []
  const found: Relationship[] = []
  for (const tag of scan(readXml(document, source))) {
    if (tag.name !== 'Relationship' || tag.is === 'close') continue
    const { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode } = attributesOf(tag)
    found.push({
      id,
      type: type.split('/').at(-1) ?? '',
      target,
      part: mode === 'External' ? undefined : resolve(part, target),
    })
  }
  return found
}

/** Where the relationships of a part stand. */
export function relationshipsPart(part: string): string {
  const slash = part.lastIndexOf('/') + 1
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`
}

function resolve(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const steps = from.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}
