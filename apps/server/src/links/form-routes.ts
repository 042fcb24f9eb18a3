import { Hono } from 'hono'
import { extensionOf } from '../clients/editors.ts'
import type { Env } from '../http/env.ts'
import type { Site } from '../site.ts'
import { fileOf, nothingHere, refusalOfGuess } from './follow.ts'
import { linkPage } from './link-page.ts'
import { restrictedPath } from './open-links.ts'

/** The pages of restricted links: the document opens in its client as a form to fill in, and in no other way. */
export const formRoutes = (site: Site): Hono<Env> =>
  new Hono<Env>()
    .get('/:secret', async (c) => {
      const url = `${site.addresses.public}${restrictedPath}/${c.req.param('secret')}`
      const link = await site.links.restrictedLinks?.find(url)
      const can = link && (await site.linkRights(link.id, { on: 'file', id: link.fileId }))
      if (!link || !can) throw await refusalOfGuess(site, c)
      const file = await fileOf(site, link.fileId)
      const editor = site.editors.editorFor({
        extension: extensionOf(file.name),
        wanted: 'formsubmit',
        canWrite: !file.isReadOnly,
      })
      const opening = editor ? { editor, isReadOnly: editor.picked.isReadOnly } : noForms
      return linkPage(site, c, { link: link.id, file, can, opening })
    })
    .all('*', nothingHere)

const noForms = { message: 'No editor here shows this document as a form to fill in.' }
