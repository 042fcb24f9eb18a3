declare global {
  var __webpack_nonce__: string | undefined
}

/** Lets libraries that make `<style>` elements give them the page's nonce: this is the name under which they look for it. */
export const passNonceOn = (): void => {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  if (nonce) globalThis.__webpack_nonce__ = nonce
}
