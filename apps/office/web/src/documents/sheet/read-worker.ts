import { answerOf } from '../../../../src/documents/apart/answer.ts'
import { openWorkbook } from '../../../../src/documents/sheet/open-workbook.ts'

self.addEventListener('message', async ({ data }: MessageEvent<Uint8Array>) => {
  self.postMessage(await answerOf(() => openWorkbook(data).workbook))
})
