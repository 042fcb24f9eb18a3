/** By which dates and numbers are written, as the host has asked: a language tag. */
export const locale: string | undefined = document.documentElement.dataset['locale']
