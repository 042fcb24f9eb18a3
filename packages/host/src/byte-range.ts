import { WopiError } from '@openwopi/protocol'

/**
 * The bytes that a Range header asks for, from `start` up to and without `end`. `undefined`: all of them, as for a header
 * that is malformed or asks for several stretches (RFC 9110, section 14.2).
 */
export function byteRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (start >= end) throw new WopiError('RangeNotSatisfiable', { contentRange: `bytes */${size}` })
  return { start, end }
}
