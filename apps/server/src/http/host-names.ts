import { isIP } from 'node:net'
import { type Addresses, isLoopback } from '../addresses.ts'

/**
 * The names under which this server may be called. A page on the internet can make its own name mean 127.0.0.1 and so
 * have the browser send requests here, but it cannot change the name that stands in them.
 */
export function hostNames(bound: string, addresses: Addresses): (host: string) => boolean {
  const known = new Set(['localhost', '127.0.0.1', '[::1]'])
  for (const address of Object.values(addresses)) known.add(new URL(address).hostname)
  return (host) => {
    const name = nameOf(host)
    if (name === undefined) return false
    // Nobody can make an address mean another one, so every address is fine where others may call at all.
    return known.has(name) || (!isLoopback(bound) && isIP(name.replace(/^\[|\]$/g, '')) !== 0)
  }
}

function nameOf(host: string): string | undefined {
  try {
    const url = new URL(`http://${host}`)
    return url.pathname === '/' && url.username === '' && url.search === '' && url.hash === ''
      ? url.hostname
      : undefined
  } catch {
    return undefined
  }
}
