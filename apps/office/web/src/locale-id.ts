const ids: Readonly<Record<string, string>> = { en: '1033', de: '1031', 'zh-Hans': '2052' }

/** The number by which Microsoft's host pages know a language of this client. */
export const localeId = (language: string): string => ids[language] ?? '1033'
