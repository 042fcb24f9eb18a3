import { DocumentError } from '../package/document-error.ts'
import { allElements, elementsOf, textOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { stepsBetween } from './align.ts'
import { type AlignedParagraph, paragraphKey } from './aligned-paragraph.ts'
import { mergeElement, type Sides } from './merge-element.ts'
import { mergeParagraphs, type ParagraphMerging } from './merge-paragraphs.ts'

/** Sets of properties that stand among the blocks, one of each. */
const properties = new Set(['tblPr', 'tblGrid', 'tblPrEx', 'trPr', 'tcPr', 'sectPr', 'sdtPr', 'sdtEndPr'])
/** Blocks that are merged by what is in them. */
const structures = new Set([
  'tbl',
  'tr',
  'tc',
  'sdt',
  'sdtContent',
  'body',
  'hdr',
  'ftr',
  'footnote',
  'endnote',
  'comment',
])

/** Merges something that holds blocks: a body, a table, a row, a cell, a content control. */
export function mergeStructure(merging: ParagraphMerging, three: Sides<XmlElement>): string {
  const { file, before, after } = three
  const { source } = merging.stories.file
  const open = source.slice(file.start, file.contentStart).replace(/\s*\/>$/, '>')
  const inFront: string[] = []
  const behind: string[] = []
  for (const local of properties) {
    const [ours, old, now] = [file, before, after].map((side) => elementsOf(side).find((one) => one.local === local))
    const text = mergeElement(merging, { file: ours, before: old, after: now })
    if (local === 'sectPr') behind.push(text)
    else inFront.push(text)
  }
  return `${open}${inFront.join('')}${mergeContent(merging, three)}${behind.join('')}</${file.name}>`
}

interface Block {
  readonly element: XmlElement
  /** Which block of the file it is. `undefined`: the file has none like it. */
  readonly index: number | undefined
}

/** Merges the blocks of a container: they are known by the paragraphs in them. */
function mergeContent(merging: ParagraphMerging, { file, before, after }: Sides<XmlElement>): string {
  const ours = blocksOf(file)
  const owners = ownersOf(ours)
  const [old, now] = [before, after].map((side) => identified(blocksOf(side), ours, owners))
  if (!old || !now) return ''
  checkOrder(old)
  const token =
    (story: 'before' | 'after') =>
    ({ element, index }: Block) =>
      index === undefined ? merging.stories[story].form(element) : `${index}`
  const content = new Content(merging, ours)
  for (const step of stepsBetween(old.map(token('before')), now.map(token('after')))) {
    const [one, other] = ['from' in step ? old[step.from] : undefined, 'to' in step ? now[step.to] : undefined]
    if (one && other) content.keep(one, other)
    else if (one) content.drop(one)
    else if (other) content.add(other)
  }
  return content.end()
}

const blocksOf = (container: XmlElement): readonly XmlElement[] =>
  elementsOf(container).filter(({ local }) => !properties.has(local))

/** For each paragraph, which block of the file it stands in. */
function ownersOf(blocks: readonly XmlElement[]): ReadonlyMap<string, number> {
  const owners = new Map<string, number>()
  for (const [index, block] of blocks.entries())
    for (const key of keysIn(block)) if (!owners.has(key)) owners.set(key, index)
  return owners
}

function* keysIn(block: XmlElement): Generator<string> {
  for (const element of allElements(block)) {
    const key = element.local === 'p' ? paragraphKey(element) : undefined
    if (key !== undefined) yield key
  }
}

function identified(
  blocks: readonly XmlElement[],
  ours: readonly XmlElement[],
  owners: ReadonlyMap<string, number>,
): readonly Block[] {
  const taken = new Set<number>()
  return blocks.map((element) => {
    for (const key of keysIn(element)) {
      const index = owners.get(key)
      if (index === undefined || taken.has(index) || ours[index]?.local !== element.local) continue
      taken.add(index)
      return { element, index }
    }
    return { element, index: undefined }
  })
}

function checkOrder(blocks: readonly Block[]): void {
  let last = -1
  for (const { index = last } of blocks) {
    if (index < last)
      throw new DocumentError('unsupported', 'This document is built in a way that this editor mixes up.')
    last = index
  }
}

/** The blocks of one container as they are written, one after the other. */
class Content {
  readonly #merging: ParagraphMerging
  readonly #ours: readonly XmlElement[]
  /** Neighbouring paragraphs that are merged together. */
  #old: AlignedParagraph[] = []
  #now: XmlElement[] = []
  #last = -1
  #written = 0
  #result = ''

  constructor(merging: ParagraphMerging, ours: readonly XmlElement[]) {
    this.#merging = merging
    this.#ours = ours
  }

  keep(old: Block, now: Block): void {
    const { before, after } = this.#merging.stories
    if (old.index === undefined) return
    const isSame = before.form(old.element) === after.form(now.element)
    if (!isSame && old.element.local === 'p') {
      this.#collect(old, now)
      return
    }
    this.#flush()
    this.#hidden(old.index)
    const file = this.#ours[old.index]
    if (file) this.#result += this.#merged({ file, before: old.element, after: now.element }, isSame)
    this.#written = old.index + 1
  }

  drop(old: Block): void {
    if (old.index === undefined) {
      // An editor shows a paragraph where a document has none at all.
      if (old.element.local === 'p' && textOf(old.element) === '') return
      const message = 'This cannot be saved: something was deleted that this editor does not fully understand.'
      throw new DocumentError('would-lose', message)
    }
    if (old.element.local === 'p') {
      this.#collect(old, undefined)
      return
    }
    this.#flush()
    this.#hidden(old.index)
    this.#written = old.index + 1
  }

  add(now: Block): void {
    if (now.element.local === 'p') {
      this.#now.push(now.element)
      return
    }
    this.#flush()
    this.#result += this.#merging.adopt.element(now.element)
  }

  end(): string {
    this.#flush()
    this.#hidden(this.#ours.length)
    return this.#result
  }

  #merged(three: Sides<XmlElement>, isSame: boolean): string {
    const { stories, spent } = this.#merging
    if (isSame) {
      for (const key of keysIn(three.file)) spent.add(key)
      return this.#lead(three.file) + stories.file.raw(three.file)
    }
    const isStructure = structures.has(three.file.local)
    return (
      this.#lead(three.file) + (isStructure ? mergeStructure(this.#merging, three) : mergeElement(this.#merging, three))
    )
  }

  #collect(old: Block, now: Block | undefined): void {
    const paragraph = this.#merging.paragraphs.find(paragraphKey(old.element))
    if (paragraph) this.#old.push(paragraph)
    if (now) this.#now.push(now.element)
    this.#last = old.index ?? this.#last
  }

  /** Writes the paragraphs collected so far. */
  #flush(): void {
    if (this.#old.length > 0 || this.#now.length > 0) {
      const [first] = this.#old
      if (first) this.#hidden(this.#ours.indexOf(first.file))
      this.#result += (first ? this.#lead(first.file) : '') + mergeParagraphs(this.#merging, this.#old, this.#now)
    }
    const collected = new Set(this.#old.map(({ file }) => file))
    for (; this.#written <= this.#last; this.#written++) this.#raw(this.#ours[this.#written], collected)
    this.#old = []
    this.#now = []
  }

  /** Writes blocks that the editor does not show, up to this one. */
  #hidden(until: number): void {
    for (; this.#written < until; this.#written++) this.#raw(this.#ours[this.#written], new Set())
  }

  #raw(block: XmlElement | undefined, except: ReadonlySet<XmlElement>): void {
    if (block && !except.has(block)) this.#result += this.#lead(block) + this.#merging.stories.file.raw(block)
  }

  /** The white space in front of a block. */
  #lead(block: XmlElement): string {
    const { source } = this.#merging.stories.file
    let start = block.start
    while (/\s/.test(source[start - 1] ?? '')) start--
    return source.slice(start, block.start)
  }
}
