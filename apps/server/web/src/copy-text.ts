/** Copies the text of a field to the clipboard. `false`: the browser does not let it; the text is selected for the person to copy. */
export const copyText = async (field: HTMLInputElement): Promise<boolean> => {
  field.select()
  // Pages that came without encryption have no clipboard of their own, but may still copy what is selected.
  if (!navigator.clipboard) return document.execCommand('copy')
  return navigator.clipboard.writeText(field.value).then(
    () => true,
    () => document.execCommand('copy'),
  )
}
