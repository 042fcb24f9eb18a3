import { strings } from '../strings.ts'
import { element } from './element.ts'

/** Asks for the name of a copy. `undefined`: none is wanted. */
export const askName = async (name: string): Promise<string | undefined> => {
  const field = element('input', { className: 'field', ariaLabel: strings.name, value: name, maxLength: 255 })
  const isWanted = await ask({ title: strings.saveAsTitle, text: strings.saveAsText, field, verb: strings.save })
  const wanted = field.value.trim()
  return isWanted && wanted !== '' ? wanted : undefined
}

interface Question {
  readonly title: string
  readonly text: string
  readonly field: HTMLInputElement
  readonly verb: string
}

/** Shows a dialog with one field. Whether its verb was chosen. */
const ask = ({ title, text, field, verb }: Question): Promise<boolean> => {
  const yes = element('button', { className: 'button primary', value: 'yes' }, verb)
  const no = element('button', { className: 'button', value: 'no' }, strings.cancel)
  const form = element(
    'form',
    { className: 'modal-box', method: 'dialog' },
    element('h2', {}, title),
    element('p', {}, text),
    field,
    // The first button of a form is the one that Enter presses.
    element('footer', { className: 'modal-foot' }, yes, no),
  )
  const dialog = element('dialog', { className: 'modal', ariaLabel: title }, form)
  document.body.append(dialog)
  dialog.showModal()
  field.focus()
  field.select()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    })
  })
}
