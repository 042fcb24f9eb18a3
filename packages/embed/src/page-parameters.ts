const ofTheSession = ['wdPreviousSession', 'wdPreviousCorrelation']

/** The action URL with the `wd…` parameters of the page that it does not have yet: Microsoft 365 hands them on from page to page. */
export const withPageParameters = (actionUrl: string, pageUrl: string): string => {
  const known = new URL(actionUrl).searchParams
  const passed = [...new URL(pageUrl).searchParams].filter(([name]) => name.startsWith('wd') && !known.has(name))
  if (passed.length === 0) return actionUrl
  const separator = actionUrl.includes('?') ? (/[?&]$/.test(actionUrl) ? '' : '&') : '?'
  return actionUrl + separator + new URLSearchParams(passed)
}

/** The page's address without what belongs to the session before. `undefined`: it has nothing of that. */
export const withoutSession = (pageUrl: string): string | undefined => {
  const url = new URL(pageUrl)
  if (!ofTheSession.some((name) => url.searchParams.has(name))) return undefined
  for (const name of ofTheSession) url.searchParams.delete(name)
  return url.href
}
