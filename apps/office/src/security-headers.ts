/** The content security policy of a document's page: this origin, nothing else, framed by the hosts alone. */
export function pagePolicy({
  nonce,
  ancestors,
  socket,
  hasStyleAttributes,
  hasForm,
}: {
  nonce: string
  ancestors: readonly string[]
  socket: string
  /** Whether text that is pasted brings its looks along as attributes. */
  hasStyleAttributes: boolean
  /** Whether the page has a form that comes back here. */
  hasForm?: boolean
}) {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    ...(hasStyleAttributes ? ["style-src-attr 'unsafe-inline'"] : []),
    "img-src 'self' blob: data:",
    "font-src 'self' data:",
    `connect-src 'self' ${socket}`,
    "worker-src 'self'",
    "base-uri 'none'",
    `form-action ${hasForm ? "'self'" : "'none'"}`,
    "object-src 'none'",
    `frame-ancestors ${ancestors.join(' ') || "'none'"}`,
  ].join('; ')
}

/** The policy of whatever is no page: even when it is opened as one, it does nothing. */
export const barePolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** What every answer carries. */
export const plainHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
}
