import { element } from './element.ts'
import { strings } from './strings.ts'

export interface NameField {
  readonly element: HTMLElement
  set(name: string): void
}

/** The file's name; where it can be renamed, a click on it edits it. */
export function nameField({
  fileName,
  rename,
}: {
  fileName: string
  rename?: (name: string) => Promise<string>
}): NameField {
  const holder = element('div', { class: 'name' })
  let current = fileName
  const showText = () => {
    const text = rename
      ? element('button', { type: 'button', class: 'name-button', title: strings.actions.renameHint }, current)
      : element('h1', { class: 'name-text', title: current }, current)
    if (rename) text.addEventListener('click', showInput)
    holder.replaceChildren(text)
  }
  const showInput = () => {
    const input = element('input', { class: 'name-input', 'aria-label': strings.labels.name, spellcheck: 'false' })
    input.value = current
    const finish = async (isWanted: boolean) => {
      const wanted = input.value.trim()
      input.onblur = null
      if (isWanted && rename && wanted !== '' && wanted !== current) current = await rename(wanted)
      showText()
    }
    input.onblur = () => finish(true)
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') void finish(true)
      if (event.key === 'Escape') void finish(false)
    })
    holder.replaceChildren(input)
    input.focus()
    const dot = current.lastIndexOf('.')
    input.setSelectionRange(0, dot > 0 ? dot : current.length)
  }
  showText()
  return {
    element: holder,
    set(name) {
      current = name
      if (!holder.querySelector('input')) showText()
    },
  }
}
