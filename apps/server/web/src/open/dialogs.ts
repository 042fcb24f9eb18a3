import { openAddress } from '../api/addresses.ts'
import { strings } from '../strings.ts'

/** Shows the link to a document. Resolves when the dialog has been closed. */
export const showLink = (fileId: string): Promise<void> => {
  const link = new URL(openAddress(fileId), location.href).href
  return ask({
    title: strings.shareTitle,
    text: strings.shareText,
    label: strings.link,
    value: link,
    verb: strings.copy,
    isReadOnly: true,
  }).then(async (text) => {
    if (text !== undefined) await navigator.clipboard?.writeText(text)
  })
}

/** Asks for the name of a copy. `undefined`: none is wanted. */
export const askName = (name: string): Promise<string | undefined> =>
  ask({
    title: strings.saveAsTitle,
    text: strings.saveAsText,
    label: strings.name,
    value: name,
    verb: strings.save,
    isReadOnly: false,
  })

interface Question {
  readonly title: string
  readonly text: string
  readonly label: string
  readonly value: string
  readonly verb: string
  readonly isReadOnly: boolean
}

const ask = ({ title, text, label, value, verb, isReadOnly }: Question): Promise<string | undefined> => {
  const dialog = document.createElement('dialog')
  dialog.className = 'modal'
  dialog.setAttribute('aria-label', title)
  const form = document.createElement('form')
  form.method = 'dialog'
  form.className = 'modal-box'
  const heading = document.createElement('h2')
  heading.textContent = title
  const words = document.createElement('p')
  words.textContent = text
  const field = document.createElement('input')
  field.className = 'field'
  field.setAttribute('aria-label', label)
  field.value = value
  field.readOnly = isReadOnly
  const foot = document.createElement('footer')
  foot.className = 'modal-foot'
  // The first button of a form is the one that Enter presses.
  foot.append(button(verb, 'yes'), button(strings.cancel, 'no'))
  form.append(heading, words, field, foot)
  dialog.append(form)
  document.body.append(dialog)
  dialog.showModal()
  field.focus()
  field.select()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes' && field.value.trim() !== '' ? field.value.trim() : undefined)
    })
  })
}

const button = (label: string, value: 'yes' | 'no'): HTMLButtonElement => {
  const element = document.createElement('button')
  element.className = value === 'yes' ? 'button primary' : 'button'
  element.value = value
  element.textContent = label
  return element
}
