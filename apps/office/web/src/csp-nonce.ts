/** What styles made by script must carry for the browser to accept them. */
export const cspNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
