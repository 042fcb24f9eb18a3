import type { Translations } from '@eigenpal/docx-editor-i18n'

/** What the editor itself says in the languages that this client speaks, beside English. */
const languages: Readonly<Record<string, () => Promise<Translations>>> = {
  de: async () => (await import('@eigenpal/docx-editor-i18n/de')).default,
  'zh-Hans': async () => (await import('@eigenpal/docx-editor-i18n/zh-CN')).default,
}

/** The words of the editor in the language of this page. `undefined`: its own, which are English. */
export const translations = (): Promise<Translations> | undefined => languages[document.documentElement.lang]?.()
