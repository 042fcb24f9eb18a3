import { expect, test } from 'vitest'

const bytes = () => new Uint8Array(16 * 1024 * 1024).fill(7)

test('bytes are equal to the same bytes, however many, and to no others', () => {
  const other = bytes()
  other[other.length - 1] = 8
  expect(bytes()).toEqual(bytes())
  expect({ content: [Buffer.from(bytes())] }).toEqual({ content: [bytes()] })
  expect({ content: bytes() }).not.toEqual({ content: other })
  expect(bytes()).not.toEqual(bytes().subarray(1))
  expect(new Uint8Array([1, 2])).not.toEqual([1, 2])
})
