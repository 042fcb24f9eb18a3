import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../architecture/source.ts'
import { type Page, pages, proseOf } from './pages.ts'

const isElsewhere = (target: string) => /^[a-z]+:/.test(target)

/** The addresses that a page links to, inside the repository. */
const linksOf = (page: Page) =>
  [...proseOf(page).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(\S+)/gm)]
    .map(([, inline, reference]) => inline ?? reference ?? '')
    .filter((target) => !isElsewhere(target))

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf({ text }: Page): string[] {
  const headings = text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)
  const seen = new Map<string, number>()
  return [...headings].map(([, title = '']) => {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(anchor) ?? 0
    seen.set(anchor, count + 1)
    return count === 0 ? anchor : `${anchor}-${count}`
  })
}

function resolves(page: Page, target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const path = join(dirname(page.path), decodeURIComponent(file))
  if (file !== '' && !existsSync(join(root, path))) return false
  const found = file === '' ? page : pages.find((each) => each.path === path)
  return anchor === undefined || found === undefined || anchorsOf(found).includes(anchor)
}

test('Every link inside the repository leads to a file, and to a heading of it where it names one.', () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !resolves(page, target))
      .map((target) => `${page.path} → ${target}`),
  )
  expect(dead).toEqual([])
})

test('A dead link and a dead anchor are found.', () => {
  const page = { path: 'page.md', text: '# One\n[a](./nowhere.md) [b](#one) [c](#two)\n' }
  expect(linksOf(page).map((target) => resolves(page, target))).toEqual([false, true, false])
})
