export const decodeUtf7 = (raw: string): string => raw
export const encodeUtf7 = (value: string): string => value
