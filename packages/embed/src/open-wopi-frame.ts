import { openEditor } from './open-editor.ts'
import type { Editor } from './options.ts'
import { takeForm } from './take-form.ts'

/** The name of the element. */
export const frameElementName = 'openwopi-frame'

/**
 * Defines `<openwopi-frame>`. It opens the editor that the form within it names, and takes the form out of the document:
 *
 *     <openwopi-frame title="Report.docx">
 *       <form action="ACTION_URL"><input type="hidden" name="access_token" value="TOKEN">…</form>
 *     </openwopi-frame>
 *
 * It dispatches `editor-message`, `editor-state` and `editor-trouble`, each with a `detail`; its property `editor` is the
 * `Editor`.
 */
export const defineOpenWopiFrame = (): void => {
  if (customElements.get(frameElementName)) return
  customElements.define(
    frameElementName,
    class extends HTMLElement {
      editor: Editor | undefined

      connectedCallback() {
        const form = this.querySelector('form')
        if (form) this.editor = openIn(this, form)
      }

      disconnectedCallback() {
        this.editor?.close()
        this.editor = undefined
      }
    },
  )
}

const openIn = (element: HTMLElement, form: HTMLFormElement): Editor => {
  const tell = (name: string) => (detail: unknown) => {
    element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }))
  }
  const origin = element.getAttribute('origin')
  return openEditor({
    ...takeForm(form),
    container: element,
    title: element.title,
    ...(origin !== null && { origin }),
    onMessage: tell('editor-message'),
    onState: tell('editor-state'),
    onTrouble: tell('editor-trouble'),
  })
}
