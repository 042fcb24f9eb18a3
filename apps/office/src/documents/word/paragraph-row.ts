import { DocumentError } from '../package/document-error.ts'
import type { XmlElement } from '../package/xml/xml-tree.ts'
import { type AlignedParagraph, runProperties } from './aligned-paragraph.ts'
import { behindFields } from './behind-fields.ts'
import { withoutEmptyFields } from './empty-fields.ts'
import type { Atom, Container, Item } from './flatten.ts'
import { mergeElement } from './merge-element.ts'
import type { FromPlace, ParagraphMerging, ToPlace } from './merge-paragraphs.ts'
import { shellOf } from './paragraph-format.ts'
import { adoptContainer, mergeRunProperties, modelFor, pathForm } from './run-format.ts'
import { type Written, writeContent } from './write-paragraph.ts'

/** Paragraphs as they are written, one thing after the other. */
export class ParagraphRow {
  readonly #merging: ParagraphMerging
  readonly #from: readonly FromPlace[]
  readonly #sizes = new Map<XmlElement, number>()
  /** How far each paragraph of the file has been written. */
  readonly #written = new Map<AlignedParagraph, number>()
  readonly #adopted = new Map<XmlElement, Container>()
  readonly #dropped = new Set<Item>()
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
    if (item) this.#dropped.add(item)
  }

  add(now: ToPlace): void {
    if (now.atom) {
      this.#leaveFields()
      this.#current.push(this.#fresh(now.atom))
    } else this.#finish(now.paragraph)
  }

  /** What is typed behind a field stands behind its end: in it, it would go when another program calculates the field. */
  #leaveFields(): void {
    const behind = this.#from[this.#reached - 1]
    if (!behind?.atom) return
    const { items } = behind.paragraph
    const start = this.#written.get(behind.paragraph) ?? 0
    const end = behindFields(items, start)
    for (const hidden of items.slice(start, end)) this.#current.push(this.#unchanged(hidden))
    this.#written.set(behind.paragraph, end)
  }

  /** What is left when the last paragraph of them is gone: marks that may stand between paragraphs. */
  end(): string {
    const left = withoutEmptyFields(this.#current, () => true).filter(({ item }) => item && !isDroppable(item))
    if (left.some(({ item }) => !item || !isMark(item))) {
      throw wouldLose('a paragraph was deleted that holds something this editor does not show')
    }
    return this.#result + left.map(({ content }) => ('raw' in content ? content.raw : '')).join('')
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
    const { file } = this.#merging.stories
    const properties = runProperties(item.run)
    return {
      path: item.path,
      run: item.run,
      properties: properties ? file.raw(properties) : '',
      content: contentOf(item, () => file.raw(item.piece)),
      item,
    }
  }

  #changed(item: Item, old: Atom, now: Atom): Written {
    const { before, after } = this.#merging.stories
    const kept = this.#unchanged(item)
    const sameRun = before.form(runProperties(old.run)) === after.form(runProperties(now.run)) || item.run === undefined
    const samePath = pathForm(old) === pathForm(now)
    const samePiece = characterOf(item) !== undefined || before.form(old.piece) === after.form(now.piece)
    if (sameRun && samePath && samePiece) return kept
    const { item: _unchanged, ...rest } = kept
    return {
      ...rest,
      ...(!sameRun && { properties: mergeRunProperties(this.#merging, { item, atom: old }, now) }),
      ...(!samePath && { path: this.#movedPath(item, old, now) }),
      ...(!samePiece && { content: { raw: this.#mergePiece(item, old, now) } }),
    }
  }

  #mergePiece(item: Item, old: Atom, now: Atom): string {
    if (item.piece.local !== old.piece.local) {
      throw wouldLose('a picture or shape was changed that this editor does not fully understand')
    }
    return mergeElement(this.#merging, { file: item.piece, before: old.piece, after: now.piece })
  }

  /** Containers that the editor does not know stay around; those it knows are as it says. */
  #movedPath(item: Item, old: Atom, now: Atom): readonly Container[] {
    const known = new Set(old.path.map(({ local }) => local))
    return [...item.path.filter(({ local }) => !known.has(local)), ...now.path.map((one) => this.#adopt(one))]
  }

  #adopt(container: Container): Container {
    const made = this.#adopted.get(container.element) ?? adoptContainer(this.#merging, container)
    this.#adopted.set(container.element, made)
    return made
  }

  /** Something new takes the formatting of what it stands beside, as the file has it, or of what looks like it. */
  #fresh(now: Atom): Written {
    const { adopt } = this.#merging
    const near = [this.#from[this.#reached - 1], this.#from[this.#reached]].flatMap((place) => {
      const item = place?.atom && place.paragraph.items[place.paragraph.places[place.index] ?? -1]
      return place?.atom && item?.run ? [{ item, atom: place.atom }] : []
    })
    const model = modelFor(this.#merging, now, near)
    const inside = near.find(({ atom }) => pathForm(atom) === pathForm(now))
    const properties = runProperties(now.run)
    return {
      path: inside ? this.#outsideFields(inside.item, near) : now.path.map((one) => this.#adopt(one)),
      run: now.run ? 'new' : undefined,
      properties: model ? mergeRunProperties(this.#merging, model, now) : properties ? adopt.element(properties) : '',
      content: contentOf(now, () => adopt.element(now.piece)),
    }
  }

  /** Where a field ends beside something, that stands in it and not what is typed there. */
  #outsideFields({ path }: Item, near: readonly { readonly item: Item }[]): readonly Container[] {
    const edge = path.findIndex(
      (container) => container.local === 'fldSimple' && !near.every(({ item }) => item.path.includes(container)),
    )
    return edge < 0 ? path : path.slice(0, edge)
  }

  /** Ends a paragraph. */
  #finish(now: XmlElement): void {
    const near = this.#from[Math.max(0, Math.min(this.#reached, this.#from.length) - 1)]?.paragraph
    const { open, properties, close } = shellOf(this.#merging, now, near)
    const content = writeContent(this.#merging.stories.file, this.#withoutEmptyFields(), this.#sizes)
    this.#result += properties + content === '' ? open.replace(/>$/, '/>') : open + properties + content + close
    this.#current = []
  }

  #withoutEmptyFields(): readonly Written[] {
    return withoutEmptyFields(this.#current, (begin, end) =>
      this.#from.some(({ paragraph: { items } }) => {
        const [first, last] = [items.indexOf(begin), items.indexOf(end)]
        return first >= 0 && items.slice(first, last).some((item) => this.#dropped.has(item))
      }),
    )
  }
}

/** The character that a thing is. `undefined`: it is something else. */
const characterOf = (item: Item): string | undefined =>
  item.is === 'atom' && (item.piece.local === 't' || item.piece.local === 'delText') ? item.token : undefined

function contentOf(item: Item, raw: () => string): Written['content'] {
  const text = characterOf(item)
  return text === undefined ? { raw: raw() } : { text }
}

/** Marks that may stand between paragraphs as well as in them. */
const isMark = ({ piece: { local } }: Item): boolean =>
  /^(bookmark|commentRange|perm|customXml\w+Range|move\w+Range)(Start|End)$/.test(local)
/** What nobody misses when the text around it is gone. */
const isDroppable = ({ piece: { local } }: Item): boolean =>
  ['proofErr', 'lastRenderedPageBreak', 'r', 'sym'].includes(local)

const wouldLose = (what: string): DocumentError => new DocumentError('would-lose', `This cannot be saved: ${what}.`)
