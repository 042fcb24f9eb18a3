/** Whether this may be the key of a blob: a UUID. Nothing else reaches a path or an address. */
export const isKey = (key: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)
