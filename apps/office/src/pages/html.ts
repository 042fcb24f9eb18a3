/** Markup that is safe to send. */
export interface Html {
  readonly markup: string
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

/** Markup from a template. Text that is put in is escaped; markup is not. */
export const html = (parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html => ({
  markup: parts.reduce((all, part, index) => {
    const value = values[index - 1] ?? ''
    return all + (typeof value === 'string' ? escaped(value) : value.markup) + part
  }),
})

/** Data for scripts to read, in a block that the browser never runs. */
export const data = (id: string, value: unknown): Html => ({
  markup: `<script type="application/json" id="${escaped(id)}">${JSON.stringify(value).replace(/</g, '\\u003c')}</script>`,
})
