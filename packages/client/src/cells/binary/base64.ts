const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const characters = new TextEncoder().encode(alphabet)
const values = new Uint8Array(256).fill(255)
characters.forEach((character, value) => {
  values[character] = value
})
const padding = 0x3d

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.byteLength / 3) * 4).fill(padding)
  for (let from = 0, to = 0; from < bytes.byteLength; from += 3) {
    const left = Math.min(3, bytes.byteLength - from)
    const triple = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    for (let i = 0; i <= left; i++) text[to + i] = characters[(triple >>> (18 - 6 * i)) & 63] ?? padding
    to += 4
  }
  return new TextDecoder().decode(text)
}

/** The bytes that base64 stands for; white space in it is passed over. Throws a `SyntaxError` for what is none. */
export function fromBase64(text: string): Uint8Array {
  const digits = new TextEncoder().encode(text.replace(/[\s=]+/g, ''))
  const bytes = new Uint8Array(Math.floor((digits.byteLength * 3) / 4))
  let [held, bits, at] = [0, 0, 0]
  for (const digit of digits) {
    const value = values[digit] ?? 255
    if (value === 255) throw new SyntaxError('the text is no base64')
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >>> bits) & 255
  }
  return bytes
}
