import { type TakenForm, takeForm } from '@openwopi/embed'

/** A new token for the document of this page, as loading the page again would bring it. `undefined`: there is none to be had. */
export const freshToken = async (): Promise<TakenForm | undefined> => {
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => undefined)
  if (!answer?.ok || answer.redirected) return undefined
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const form = page.querySelector<HTMLFormElement>('form#editor')
  return form ? takeForm(form) : undefined
}
