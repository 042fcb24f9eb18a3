import { isOutageStatus, waitAfter } from './until-reached.ts'

/** How long an answer is waited for, in milliseconds. */
const answersWithin = 60_000

/** Whether the host, or the office, is still away. */
async function isAway(form: HTMLFormElement): Promise<boolean> {
  const signal = AbortSignal.timeout(answersWithin)
  const asked = fetch(location.href, { method: 'POST', body: new FormData(form), signal })
  const answer = await asked.catch(() => undefined)
  void answer?.body?.cancel()
  return !answer || isOutageStatus(answer.status)
}

/** Waits, and asks again, until there is an answer; which one it is, whoever waits is to see. */
async function openWhenReached(form: HTMLFormElement): Promise<void> {
  let tries = 0
  do await new Promise((resolve) => setTimeout(resolve, waitAfter(tries++)))
  while (await isAway(form))
  form.submit()
}

const form = document.querySelector('form')
if (form) void openWhenReached(form)
