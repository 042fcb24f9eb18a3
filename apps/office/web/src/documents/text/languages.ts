import { LanguageDescription } from '@codemirror/language'
import { languages } from '@codemirror/language-data'
import type { Extension } from '@codemirror/state'

/** Extensions that the list of languages does not know under the name people use. */
const sameAs: Readonly<Record<string, string>> = {
  jsonl: 'json',
  ndjson: 'json',
  json5: 'js',
  jsonc: 'js',
  geojson: 'json',
  webmanifest: 'json',
  har: 'json',
  map: 'json',
  htm: 'html',
  xhtml: 'html',
  svelte: 'html',
  astro: 'html',
  plist: 'xml',
  rss: 'xml',
  atom: 'xml',
  opml: 'xml',
  gpx: 'xml',
  kml: 'xml',
  csproj: 'xml',
  zsh: 'sh',
  fish: 'sh',
  env: 'properties',
  cfg: 'ini',
  conf: 'ini',
  editorconfig: 'ini',
  mdown: 'md',
  mkd: 'md',
}

/** Highlighting for a file of this name, loaded when it is needed. `undefined`: there is none. */
export async function languageFor(fileName: string): Promise<Extension | undefined> {
  const extension = fileName.split('.').at(-1)?.toLowerCase() ?? ''
  const name = sameAs[extension] ? `file.${sameAs[extension]}` : fileName.toLowerCase()
  const description = LanguageDescription.matchFilename(languages, name)
  return description?.load()
}
