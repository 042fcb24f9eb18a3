import type { Piece } from '../../../../../src/documents/odt/odt-looks.ts'
import { anchor } from '../../../../../src/documents/outline/outline.ts'
import { element } from '../../../element.ts'
import { strings } from '../../../strings.ts'
import type { Media } from '../media.ts'

/** What a piece holds of the text that people edit. */
export const textOfPiece = (piece: Piece): string => (piece.is === 'text' ? piece.text : anchor)

/** A piece as it is seen. Whatever it shows, its text is the one that people edit. */
export function drawPiece(piece: Piece, media: Media): Node {
  if (piece.is === 'text') {
    if (piece.text !== '' && Object.keys(piece.looks).length === 0 && piece.link === undefined) {
      return document.createTextNode(piece.text)
    }
    const link = piece.link === undefined ? {} : { class: 'odt-link', 'data-link': piece.link }
    const run = element('span', link, piece.text)
    Object.assign(run.style, piece.looks)
    return run
  }
  const title = (piece.is === 'other' && piece.title) || strings.outline.anchor
  const holder = element('span', { class: 'odt-anchor', contenteditable: 'false', title })
  holder.append(element('span', { class: 'odt-mark', 'aria-hidden': 'true' }, anchor))
  if (piece.is === 'break') holder.append(element('br'))
  if (piece.is === 'picture') holder.append(drawPicture(piece, media))
  // What stands for it is written by the style sheet: it is no part of the text.
  if (piece.is === 'other') holder.dataset['shown'] = piece.shown
  return holder
}

function drawPicture({ part, looks, description }: Extract<Piece, { is: 'picture' }>, media: Media): HTMLElement {
  const address = media.address(part)
  const shown =
    address === undefined
      ? element('span', { class: 'odt-unknown', role: 'img', 'aria-label': description || strings.outline.notDrawn })
      : element('img', { src: address, alt: description, draggable: 'false' })
  Object.assign(shown.style, looks)
  return shown
}
