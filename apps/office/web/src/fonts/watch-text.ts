import type { EastAsianFonts } from './east-asian-fonts.ts'
import { isEastAsian } from './east-asian-script.ts'
import { ownFamily } from './own-family.ts'

/** Milliseconds in which what comes to be shown is looked at together: a page at once says best which language it is in. */
const together = 50
/** Characters that are enough to tell the language. */
const enough = 20_000

/** Has fonts brought for text that comes to be shown below `root`, and that the fonts of many machines lack. */
export function watchText(root: HTMLElement, fonts: () => Promise<EastAsianFonts>): void {
  const waiting = new Set<Node>()
  const look = async () => {
    const seen = [...waiting].flatMap((node) => [...textsIn(node)])
    waiting.clear()
    if (seen.length === 0) return
    const { provide } = await fonts()
    const text = seen
      .map(({ data }) => data)
      .join('')
      .slice(0, enough)
    const tag = seen[0]?.parentElement?.closest('.stage [lang]')?.getAttribute('lang') ?? undefined
    for (const family of new Set(seen.map(familyOf))) await provide(text, family, tag)
  }
  const wait = (node: Node) => {
    if (waiting.size === 0) setTimeout(() => void look().catch(console.error), together)
    waiting.add(node)
  }
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes)
      for (const node of type === 'childList' ? addedNodes : [target]) wait(node)
  }).observe(root, { childList: true, subtree: true, characterData: true })
  wait(root)
}

function* textsIn(node: Node): Generator<Text> {
  if (!node.isConnected) return
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
  for (let next: Node | null = texts.currentNode; next; next = texts.nextNode()) {
    if (next instanceof Text && isEastAsian(next.data)) yield next
  }
}

/** The family that stands first where the text is shown; the page's own, where that is among them. */
function familyOf({ parentElement }: Text): string {
  const families = parentElement ? getComputedStyle(parentElement).fontFamily : ownFamily
  if (families.includes(ownFamily)) return ownFamily
  return (
    /^\s*(?:"([^"]*)"|'([^']*)'|([^,]*))/
      .exec(families)
      ?.slice(1)
      .find((name) => name)
      ?.trim() ?? ownFamily
  )
}
