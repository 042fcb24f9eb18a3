import { randomBytes } from 'node:crypto'
import { archive, type Part } from './archive.ts'

const slideXml = (index: number, text: string) =>
  `<?xml version="1.0"?><p:sld><p:cSld name="${index}">${`<a:t>${text}</a:t>`.repeat(50)}</p:cSld></p:sld>`

/** A presentation of 100 MB with a picture on each of its hundred slides, before and after one slide is changed. */
export function presentations(): readonly [Buffer, Buffer] {
  const pictures = Array.from(
    { length: 100 },
    (_, index): Part => ({
      name: `ppt/media/image${index}.jpeg`,
      data: randomBytes(1e6),
      isPicture: true,
    }),
  )
  const withSlide = (changed: string) =>
    archive(
      pictures.flatMap((picture, index) => {
        const text = index === 50 ? changed : 'Click to add text'
        return [{ name: `ppt/slides/slide${index}.xml`, data: Buffer.from(slideXml(index, text)) }, picture]
      }),
    )
  return [withSlide('Click to add text'), withSlide('And now for something completely different')]
}
