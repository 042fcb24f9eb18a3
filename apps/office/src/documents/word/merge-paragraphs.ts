import { DocumentError } from '../package/document-error.ts'
import { childOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { stepsInside } from './align.ts'
import { type AlignedParagraph, type Paragraphs, paragraphKey, runProperties } from './aligned-paragraph.ts'
import { type Atom, type Container, flatten, type Item, objectMark } from './flatten.ts'
import { type Merging, mergeElement } from './merge-element.ts'
import type { Story } from './story.ts'
import { type Written, writeContent } from './write-paragraph.ts'

/** What merging the paragraphs of a story stands on. */
export interface ParagraphMerging extends Merging {
  readonly paragraphs: Paragraphs
  /** Keys of paragraphs that have been written: a second one of the same key is a new one. */
  readonly spent: Set<string>
}

/** A place in the row of things that neighbouring paragraphs make. `atom` is absent at the end of a paragraph. */
interface FromPlace {
  readonly paragraph: AlignedParagraph
  readonly index: number
  readonly atom?: Atom
}
interface ToPlace {
  readonly paragraph: XmlElement
  readonly atom?: Atom
}

const paragraphMark = `${objectMark}¶`
const tokenOf = ({ atom }: FromPlace | ToPlace): string => atom?.token ?? paragraphMark

/**
 * Merges neighbouring paragraphs: the changes that lead from `before` to `after` are made to the paragraphs of the file.
 * What the editor does not show stays beside what it stood beside.
 */
export function mergeParagraphs(
  merging: ParagraphMerging,
  before: readonly AlignedParagraph[],
  after: readonly XmlElement[],
): string {
  const from = before.flatMap((paragraph): FromPlace[] => [
    ...paragraph.atoms.map((atom, index) => ({ paragraph, atom, index })),
    { paragraph, index: paragraph.atoms.length },
  ])
  const to = after.flatMap((paragraph): ToPlace[] => [
    ...flatten(merging.stories.after, paragraph)
      .filter((item) => item.is === 'atom')
      .map((atom) => ({ paragraph, atom })),
    { paragraph },
  ])
  const row = new Row(merging, from)
  const steps = stepsInside(lookedAt(from, merging.stories.before), lookedAt(to, merging.stories.after))
  for (const step of steps) {
    const [old, now] = ['from' in step ? from[step.from] : undefined, 'to' in step ? to[step.to] : undefined]
    if (step.is === 'kept' && old && now) row.keep(old, now)
    if (step.is === 'gone' && old) row.drop(old)
    if (step.is === 'new' && now) row.add(now)
  }
  return row.end()
}

const lookedAt = (row: readonly (FromPlace | ToPlace)[], { form }: Story) => ({
  loosely: row.map(tokenOf),
  exactly: row.map((place) =>
    place.atom
      ? `${place.atom.token} ${form(runProperties(place.atom.run))} ${pathForm(place.atom)}`
      : `${paragraphMark} ${form(childOf(elementOf(place), 'pPr'))}`,
  ),
})
const elementOf = ({ paragraph }: FromPlace | ToPlace): XmlElement =>
  'before' in paragraph ? paragraph.before : paragraph

/** The paragraphs as they are written, one thing after the other. */
class Row {
  readonly #merging: ParagraphMerging
  readonly #from: readonly FromPlace[]
  readonly #sizes = new Map<XmlElement, number>()
  /** How far each paragraph of the file has been written. */
  readonly #written = new Map<AlignedParagraph, number>()
  readonly #adopted = new Map<XmlElement, Container>()
  #current: Written[] = []
  #result = ''
  /** How many places of the old row are behind. */
  #reached = 0

  constructor(merging: ParagraphMerging, from: readonly FromPlace[]) {
    this.#merging = merging
    this.#from = from
    for (const { items } of new Set(from.map(({ paragraph }) => paragraph))) {
      for (const { run } of items) if (run) this.#sizes.set(run, (this.#sizes.get(run) ?? 0) + 1)
    }
  }

  keep(old: FromPlace, now: ToPlace): void {
    const item = this.#arrive(old)
    if (!old.atom || !now.atom) this.#finish(now.paragraph)
    else if (item) this.#current.push(this.#changed(item, old.atom, now.atom))
  }

  drop(old: FromPlace): void {
    const item = this.#arrive(old)
    if (old.atom && !item) throw wouldLose('something that was deleted is made by another part of the document')
  }

  add(now: ToPlace): void {
    if (!now.atom) {
      this.#finish(now.paragraph)
      return
    }
    const near = [this.#from[this.#reached - 1], this.#from[this.#reached]].filter((place) => place?.atom !== undefined)
    this.#current.push(
      this.#fresh(
        now.atom,
        near.filter((place) => place !== undefined),
      ),
    )
  }

  /** What is left when the last paragraph of them is gone: marks that may stand between paragraphs. */
  end(): string {
    const left = this.#current.filter(({ item }) => item && !isDroppable(item))
    const marks = left.map(({ content }) => ('raw' in content ? content.raw : ''))
    if (left.some(({ item }) => !item || !isMark(item)))
      throw wouldLose('a paragraph was deleted that holds something this editor does not show')
    return this.#result + marks.join('')
  }

  /** Writes what the editor does not show, up to the thing of the file at this place. */
  #arrive({ paragraph, index, atom }: FromPlace): Item | undefined {
    this.#reached++
    const { items, places } = paragraph
    const place = atom ? places[index] : items.length
    if (place === undefined) return undefined
    for (let at = this.#written.get(paragraph) ?? 0; at < place; at++) {
      const hidden = items[at]
      if (hidden) this.#current.push(this.#unchanged(hidden))
    }
    this.#written.set(paragraph, place + 1)
    return items[place]
  }

  #unchanged(item: Item): Written {
    const { stories } = this.#merging
    const properties = runProperties(item.run)
    return {
      path: item.path,
      run: item.run,
      properties: properties ? stories.file.raw(properties) : '',
      content: contentOf(item, () => stories.file.raw(item.piece)),
      item,
    }
  }

  #changed(item: Item, old: Atom, now: Atom): Written {
    const { stories } = this.#merging
    const kept = this.#unchanged(item)
    const [wasLike, isLike] = [stories.before.form(runProperties(old.run)), stories.after.form(runProperties(now.run))]
    const sameRun = wasLike === isLike || item.run === undefined
    const samePath = pathForm(old) === pathForm(now)
    const samePiece =
      characterOf(item) !== undefined || stories.before.form(old.piece) === stories.after.form(now.piece)
    if (sameRun && samePath && samePiece) return kept
    const { item: _unchanged, ...rest } = kept
    return {
      ...rest,
      ...(!sameRun && { properties: this.#mergeProperties({ item, atom: old }, now) }),
      ...(!samePath && { path: this.#movedPath(item, old, now) }),
      ...(!samePiece && { content: { raw: this.#mergePiece(item, old, now) } }),
    }
  }

  #mergeProperties({ item, atom }: { item: Item; atom: Atom }, now: Atom): string {
    return mergeElement(this.#merging, {
      file: runProperties(item.run),
      before: runProperties(atom.run) ?? emptyLike(now),
      after: runProperties(now.run) ?? emptyLike(atom),
    })
  }

  #mergePiece(item: Item, old: Atom, now: Atom): string {
    if (item.piece.local !== old.piece.local)
      throw wouldLose('a picture or shape was changed that this editor does not fully understand')
    return mergeElement(this.#merging, { file: item.piece, before: old.piece, after: now.piece })
  }

  /** Containers that the editor does not know stay around; those it knows are as it says. */
  #movedPath(item: Item, old: Atom, now: Atom): readonly Container[] {
    const known = new Set(old.path.map(({ local }) => local))
    return [...item.path.filter(({ local }) => !known.has(local)), ...now.path.map((one) => this.#adopt(one))]
  }

  #adopt(container: Container): Container {
    const known = this.#adopted.get(container.element)
    if (known) return known
    const { element, local } = container
    const { adopt } = this.#merging
    const inside =
      local === 'sdt' ? element.children.filter((one) => one.is === 'element' && one.local !== 'sdtContent') : []
    const whole = adopt.element({ ...element, children: inside })
    const isOpen = whole.endsWith(`</${element.name}>`)
    const open = isOpen ? whole.slice(0, -`</${element.name}>`.length) : whole.replace(/\/>$/, '>')
    const [more, less] = local === 'sdt' ? ['<w:sdtContent>', '</w:sdtContent>'] : ['', '']
    const made = { ...container, open: open + more, close: `${less}</${element.name}>` }
    this.#adopted.set(element, made)
    return made
  }

  /** Something new takes the formatting of what it stands beside, as the file has it, and of all that looks like it. */
  #fresh(now: Atom, near: readonly FromPlace[]): Written {
    const { stories, adopt } = this.#merging
    const likeNow = stories.after.form(runProperties(now.run))
    const sources = near.flatMap(({ paragraph, index, atom }) => {
      const item = paragraph.items[paragraph.places[index] ?? -1]
      return item?.run && atom ? [{ item, atom }] : []
    })
    const same = sources.find(({ atom }) => stories.before.form(runProperties(atom.run)) === likeNow)
    const source = same ?? this.#lookAlike(likeNow) ?? sources[0]
    const inside = sources.find(({ atom }) => pathForm(atom) === pathForm(now))
    const properties = runProperties(now.run)
    return {
      path: inside ? inside.item.path : now.path.map((one) => this.#adopt(one)),
      run: now.run ? 'new' : undefined,
      properties: source ? this.#mergeProperties(source, now) : properties ? adopt.element(properties) : '',
      content: contentOf(now, () => adopt.element(now.piece)),
    }
  }

  /** Anything in the story that the editor formats in the same way. */
  #lookAlike(form: string): { item: Item; atom: Atom } | undefined {
    for (const { atoms, items, places } of this.#merging.paragraphs.all()) {
      const index = atoms.findIndex((atom) => this.#merging.stories.before.form(runProperties(atom.run)) === form)
      const [atom, item] = [atoms[index], items[places[index] ?? -1]]
      if (atom && item?.run) return { atom, item }
    }
    return undefined
  }

  /** Ends a paragraph. */
  #finish(now: XmlElement): void {
    const { open, name, properties } = this.#shell(now)
    const content = writeContent(this.#merging.stories.file, this.#current, this.#sizes)
    this.#result += properties + content === '' ? open.replace(/>$/, '/>') : `${open}${properties}${content}</${name}>`
    this.#current = []
  }

  #shell(now: XmlElement): { open: string; name: string; properties: string } {
    const { stories, paragraphs, spent } = this.#merging
    const key = paragraphKey(now)
    const known = key !== undefined && !spent.has(key) ? paragraphs.find(key) : undefined
    const after = childOf(now, 'pPr')
    if (!known || key === undefined) return { open: '<w:p>', name: 'w:p', properties: this.#newProperties(after) }
    spent.add(key)
    const { file, before } = known
    const open = stories.file.source.slice(file.start, file.contentStart).replace(/\s*\/>$/, '>')
    const [ours, theirs] = [childOf(file, 'pPr'), childOf(before, 'pPr')]
    const properties = mergeElement(this.#merging, {
      file: ours,
      before: theirs ?? emptySet(after),
      after: after ?? emptySet(theirs),
    })
    return { open, name: file.name, properties }
  }

  /** A new paragraph is formatted like the last one that the editor formats in the same way, or else like the last one. */
  #newProperties(after: XmlElement | undefined): string {
    const { stories, paragraphs } = this.#merging
    const like = stories.after.form(after && lendable(after))
    const near = this.#from[Math.max(0, Math.min(this.#reached, this.#from.length) - 1)]?.paragraph
    const isLike = ({ before }: AlignedParagraph) => stories.before.form(lendableIn(before)) === like
    const model = near && isLike(near) ? near : ([...paragraphs.all()].find(isLike) ?? near)
    const [file, before] = [model && lendableIn(model.file), model && lendableIn(model.before)]
    return mergeElement(this.#merging, {
      file,
      before: before ?? emptySet(after),
      after: (after && lendable(after)) ?? emptySet(before),
    })
  }
}

/** The character that a thing is. `undefined`: it is something else. */
const characterOf = (item: Item): string | undefined =>
  item.is === 'atom' && (item.piece.local === 't' || item.piece.local === 'delText') ? item.token : undefined
const contentOf = (item: Item, raw: () => string): Written['content'] => {
  const text = characterOf(item)
  return text === undefined ? { raw: raw() } : { text }
}
const pathForm = ({ path }: Atom): string => path.map(({ form }) => form).join('')

const emptySet = (like: XmlElement | undefined): XmlElement | undefined =>
  like && { ...like, children: [], attributes: {} }
const emptyLike = ({ run }: Atom): XmlElement | undefined => emptySet(runProperties(run))

/** The end of a section, and the change that made a paragraph, belong to one paragraph alone. */
const lendable = (properties: XmlElement): XmlElement => ({
  ...properties,
  children: properties.children.filter((one) => one.is === 'text' || !['sectPr', 'pPrChange'].includes(one.local)),
})
const lendableIn = (paragraph: XmlElement): XmlElement | undefined => {
  const properties = childOf(paragraph, 'pPr')
  return properties && lendable(properties)
}

/** Marks that may stand between paragraphs as well as in them. */
const isMark = ({ piece: { local } }: Item): boolean =>
  /^(bookmark|commentRange|perm|customXml\w+Range|move\w+Range)(Start|End)$/.test(local)
/** What nobody misses when the text around it is gone. */
const isDroppable = ({ piece: { local } }: Item): boolean => ['proofErr', 'lastRenderedPageBreak', 'r'].includes(local)

const wouldLose = (what: string): DocumentError => new DocumentError('would-lose', `This cannot be saved: ${what}.`)
