import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { schemes, shots, size } from '../../scripts/screenshots/shots.js'
import { root } from '../architecture/source.ts'
import { pages } from './pages.ts'

const folder = 'docs/office/images'
const guide = pages.find(({ path }) => path === 'docs/guides/edit-documents.md')
const kibibyte = 1024
const files = shots.flatMap(({ name }) => schemes.map((scheme) => `${name}-${scheme}.webp`))
const read = (name: string): Buffer => readFileSync(join(root, folder, name))

/** How large a picture is, in pixels, as its head says. */
function sizeOf(picture: Buffer) {
  const form = picture.toString('latin1', 0, 4) + picture.toString('latin1', 8, 16)
  expect(form).toBe('RIFFWEBPVP8X')
  return { width: picture.readUIntLE(24, 3) + 1, height: picture.readUIntLE(27, 3) + 1 }
}

test('Every picture that the command takes is there, light and dark, and none besides.', () => {
  expect(readdirSync(join(root, folder)).sort()).toEqual([...files].sort())
})

test('Pictures are what they are named, small, and differ from one another.', () => {
  const pictures = files.map(read)
  for (const [index, picture] of pictures.entries()) {
    expect(sizeOf(picture), files[index]).toEqual(size)
    expect(picture.length, files[index]).toBeLessThan(100 * kibibyte)
  }
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(files.length)
  expect(pictures.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(1536 * kibibyte)
})

test('The guide shows each of them, and says in words what is on it.', () => {
  for (const { name } of shots) {
    expect(guide?.text).toContain(`srcset="../office/images/${name}-dark.webp"`)
    expect(guide?.text).toMatch(new RegExp(`<img alt="[^"]{10,}" src="\\.\\./office/images/${name}-light\\.webp"`))
  }
})

test('Every document that is to be seen is among the samples, or made of one.', () => {
  const made = ['Old letter.doc']
  for (const { folder: inside = '', document } of shots) {
    if (document === undefined || made.includes(document)) continue
    expect(existsSync(join(root, 'samples', inside, document)), document).toBe(true)
  }
})
