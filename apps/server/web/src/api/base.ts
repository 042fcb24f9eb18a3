/** The path under which the server lies for the browser, without a slash at its end; empty at the root of its origin. */
export const base: string = document.documentElement.dataset['base'] ?? ''
