import type { Answer } from './answer.ts'
import type { Wire } from './wire.ts'

/** Where a host's bootstrapper is, and a token of the authorization server that it believes. */
export interface BootstrapperAddress {
  readonly url: string
  readonly token: string
}

/** A bootstrapper, as a check talks to it. */
export interface BootstrapperTarget extends BootstrapperAddress {
  /** Asks with other headers than usual; `Authorization: undefined` sends none. */
  get(headers?: Readonly<Record<string, string | undefined>>): Promise<Answer>
  post(operation: string, headers?: Readonly<Record<string, string | undefined>>): Promise<Answer>
}

/** Makes a target of a bootstrapper's address. Its requests are not signed: it knows its callers by OAuth. */
export function createBootstrapperTarget(wire: Wire, address: BootstrapperAddress): BootstrapperTarget {
  const send = (method: 'GET' | 'POST', headers: Readonly<Record<string, string | undefined>>) =>
    wire.send({
      method,
      url: address.url,
      query: '',
      token: address.token,
      headers: sentOf({ Authorization: `Bearer ${address.token}`, ...headers }),
      resign: () => ({}),
    })
  return {
    ...address,
    get: (headers = {}) => send('GET', headers),
    post: (operation, headers = {}) => send('POST', { 'X-WOPI-EcosystemOperation': operation, ...headers }),
  }
}

const sentOf = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
