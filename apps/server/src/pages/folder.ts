import type { Container, StoredFile } from '@openwopi/host'
import { document } from './document.ts'
import { html } from './html.ts'

/** A folder as guests see it. */
export interface FolderView {
  /** The path of the link. */
  readonly address: string
  readonly name: string
  /** From the folder of the link down to the direct parent. */
  readonly above: readonly Pick<Container, 'id' | 'name'>[]
  readonly folders: readonly Container[]
  readonly files: readonly StoredFile[]
  /** Where the next page begins. Absent: this was the last. */
  readonly next?: { readonly folderId: string; readonly after: string }
}

/** What is in a shared folder. It runs no script. */
export function folderPage({ address, name, above, folders, files, next }: FolderView): string {
  const folderAt = (id: string) => `${address}?${new URLSearchParams({ folder: id })}`
  const fileAt = (id: string) => `${address}/file/${encodeURIComponent(id)}`
  return document(
    { title: name, entry: 'src/simple.ts' },
    html`<main class="simple folder-view">
${above.length > 0 && html`<nav aria-label="Folders above">${above.map((one) => html`<a href="${folderAt(one.id)}">${one.name}</a> / `)}</nav>`}
<h1>${name}</h1>
${folders.length + files.length === 0 && html`<p class="hint">Nothing has been put here yet.</p>`}
<ul>
${folders.map((one) => html`<li><a href="${folderAt(one.id)}">${one.name}</a><span class="below">Folder</span></li>\n`)}
${files.map(
  (file) => html`<li><a href="${fileAt(file.id)}">${file.name}</a><span class="below">${sizeOf(file.size)}</span>
<a class="button small" href="${fileAt(file.id)}/content" aria-label="Download ${file.name}">Download</a></li>\n`,
)}
</ul>
${next && html`<p class="ways"><a class="button" href="${`${folderAt(next.folderId)}&${new URLSearchParams({ after: next.after })}`}">More</a></p>`}
</main>`,
  )
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** As people say it: three digits at most. */
function sizeOf(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const value = bytes / 1000 ** step
  return `${value.toFixed(value < 10 && step > 0 ? 1 : 0)} ${bytes === 1 ? 'byte' : units[step]}`
}
