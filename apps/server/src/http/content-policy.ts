const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

/** The Content-Security-Policy of the app's pages: everything comes from this server, and nothing frames them. */
export const appPolicy = (nonce: string): string =>
  policy({
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}'`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data: blob:",
    'frame-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'self'",
  })

/** The Content-Security-Policy of the page around an editor: the token can be posted to its client and nowhere else. */
export const openPolicy = (nonce: string, clientOrigin: string, favIconUrl: string | undefined): string =>
  policy({
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}'`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': `'self' data: ${favIconUrl === undefined ? clientOrigin : new URL(favIconUrl).origin}`,
    'font-src': "'self'",
    // The page asks whether the client is there at all, to say why an editor does not come.
    'connect-src': `'self' ${clientOrigin}`,
    'frame-src': clientOrigin,
    'form-action': clientOrigin,
    'base-uri': "'none'",
    'frame-ancestors': "'self'",
  })

/** The Content-Security-Policy of a page that only says something. */
export const plainPolicy: string = policy({
  'default-src': "'none'",
  'style-src': "'self'",
  'img-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'self'",
})

/** The Content-Security-Policy of documents themselves: whatever is in one runs nothing and loads nothing. */
export const contentPolicy = "default-src 'none'; sandbox"
