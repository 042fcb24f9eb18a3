import { imageTypes } from '../../../../src/documents/image/app.ts'
import { download } from '../../download.ts'
import { element } from '../../element.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'

/** Shows a picture. An SVG is shown as a picture too: in an `img` it runs no script and loads nothing. */
export async function showImage(page: Page): Promise<void> {
  const bytes = await page.api.content()
  const extension = page.fileName.split('.').at(-1)?.toLowerCase() ?? ''
  const type = imageTypes[extension] ?? 'application/octet-stream'
  const picture = element('img', {
    class: 'picture',
    alt: page.fileName,
    src: URL.createObjectURL(new Blob([bytes], { type })),
  })
  picture.addEventListener('error', () => page.fail(strings.notices.noImage))
  picture.addEventListener('load', () => {
    page.bar.setState(`${picture.naturalWidth} × ${picture.naturalHeight}`)
    page.loaded()
  })
  const isWhole = () => picture.classList.toggle('full-size')
  const frame = element('button', { type: 'button', class: 'picture-frame', title: strings.actions.zoomIn }, picture)
  frame.addEventListener('click', isWhole)
  page.stage.replaceChildren(frame)
  page.offerPrint(() => element('img', { class: 'printed-picture', alt: page.fileName, src: picture.src }))
  if (page.opening.can.download) {
    page.bar.add({ icon: 'download', label: strings.actions.download, run: () => download(page.fileName, bytes, type) })
  }
}
