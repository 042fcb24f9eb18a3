import { type FileHandle, open } from 'node:fs/promises'
import type { Host, HostAnswer } from '@openwopi/host'
import { mayRead } from '../access/bearer.ts'
import type { Site } from '../site.ts'
import { refusal } from './contents.ts'

/** Answers requests for a TemplateSource with the document that an empty one of its kind starts as. */
export const templateSource = (site: Site): Pick<Host, 'answer'> => ({
  async answer(request) {
    if (request.method !== 'GET') return refusal(405, { Allow: 'GET' })
    const linked = site.templateLinks.read(request.url)
    if (!linked || !(await mayRead(site, linked))) return refusal(401)
    const file = await site.folder.storage.find(linked.id)
    const path = file && site.templates.pathFor(file)
    const template = path === undefined ? undefined : await open(path).catch(unlessMissing)
    return template ? sent(template) : refusal(404)
  },
})

/** The handle is closed when the content has gone out, or nobody wants it any more. */
async function sent(template: FileHandle): Promise<HostAnswer> {
  const { size } = await template.stat()
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(size) }
  return { ...refusal(200, headers), body: template.createReadStream({ end: Math.max(0, size - 1) }) }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
