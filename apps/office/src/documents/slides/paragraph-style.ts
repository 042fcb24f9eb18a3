import { attributeOf, childOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { colorIn } from './colors.ts'
import type { Looks } from './fills.ts'
import { flagIn, numberIn, pixelsIn, shareIn } from './lengths.ts'
import { lastOf } from './run-style.ts'
import type { Bullet, ParagraphStyle, Spacing } from './slide.ts'

const aligned: Readonly<Record<string, ParagraphStyle['align']>> = {
  l: 'left',
  ctr: 'center',
  r: 'right',
  just: 'justify',
  dist: 'justify',
}

/** How a paragraph is set: `chain` are its properties, the most general first. */
export function paragraphStyle(chain: readonly XmlElement[], level: number, looks: Looks): ParagraphStyle {
  const bullet = bulletOf(chain, looks)
  const isRightToLeft = lastOf(chain, (one) => flagIn(one, 'rtl')) ?? false
  const spacing = (local: string, usual: Spacing) => lastOf(chain, (one) => spacingIn(childOf(one, local))) ?? usual
  return {
    level,
    align: aligned[lastOf(chain, (one) => attributeOf(one, 'algn')) ?? ''] ?? (isRightToLeft ? 'right' : 'left'),
    isRightToLeft,
    marginLeft: lastOf(chain, (one) => pixelsIn(one, 'marL')) ?? 0,
    indent: lastOf(chain, (one) => pixelsIn(one, 'indent')) ?? 0,
    before: spacing('spcBef', { pixels: 0 }),
    after: spacing('spcAft', { pixels: 0 }),
    line: spacing('lnSpc', { share: 1 }),
    ...(bullet && { bullet }),
  }
}

function spacingIn(element: XmlElement | undefined): Spacing | undefined {
  const [only] = element ? elementsOf(element) : []
  if (only?.local === 'spcPct') return { share: shareIn(only, 'val') ?? 1 }
  return only && { pixels: ((numberIn(only, 'val') ?? 0) / 100 / 72) * 96 }
}

const signs = new Set(['buNone', 'buChar', 'buAutoNum', 'buBlip'])

function bulletOf(chain: readonly XmlElement[], { palette }: Looks): Bullet | undefined {
  const said = lastOf(chain, (one) => elementsOf(one).find(({ local }) => signs.has(local)))
  const sign = said && signOf(said)
  if (!sign) return undefined
  const font = lastOf(chain, (one) => {
    const named = childOf(one, 'buFont')
    return named && attributeOf(named, 'typeface')
  })
  const color = lastOf(chain, (one) => colorIn(childOf(one, 'buClr'), palette))
  const size = lastOf(chain, (one) => shareIn(childOf(one, 'buSzPct'), 'val')) ?? 1
  return { sign, size, ...(font && { font }), ...(color && { color }) }
}

function signOf(said: XmlElement): Bullet['sign'] | undefined {
  if (said.local === 'buChar') return { character: attributeOf(said, 'char') ?? '•' }
  if (said.local === 'buBlip') return { character: '•' }
  if (said.local !== 'buAutoNum') return undefined
  return { numbers: attributeOf(said, 'type') ?? 'arabicPeriod', from: numberIn(said, 'startAt') ?? 1 }
}
