/** Posts fields into a frame, and leaves nothing of them in the document. */
export const postForm = (actionUrl: string, target: string, fields: Readonly<Record<string, string>>): void => {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = actionUrl
  form.target = target
  form.enctype = 'application/x-www-form-urlencoded'
  form.hidden = true
  form.append(...Object.entries(fields).map(([name, value]) => hiddenField(name, value)))
  document.body.append(form)
  form.submit()
  form.remove()
}

const hiddenField = (name: string, value: string): HTMLInputElement => {
  const field = document.createElement('input')
  field.type = 'hidden'
  field.name = name
  field.value = value
  return field
}
