/** @type {import('./breaks.js').breaks[string] | undefined} */
let wanted

/** @param {typeof wanted} data */
export function initialize(data) {
  if (!data) throw new Error('BREAK names nothing that can be broken')
  wanted = data
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context)
  if (!wanted || !url.endsWith(wanted.module)) return loaded
  const source = String(loaded.source)
  if (!source.includes(wanted.from)) throw new Error(`${url} does not hold what was to be broken: ${wanted.from}`)
  return { ...loaded, source: source.replace(wanted.from, wanted.to) }
}
