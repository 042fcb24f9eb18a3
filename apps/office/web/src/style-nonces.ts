import { cspNonce } from './csp-nonce.ts'

/**
 * Lets components bring styles that they make by script: each gets the nonce that this page's policy asks for. What a
 * document holds is never made into such an element. Import this before the component: some do it when they are loaded.
 */
Document.prototype.createElement = new Proxy(Document.prototype.createElement, {
  apply(create, self, given) {
    const made: unknown = Reflect.apply(create, self, given)
    if (made instanceof HTMLStyleElement) made.nonce = cspNonce()
    return made
  },
})
