import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { cellsToFile, fileToCells } from '../../src/index.ts'
import { fileChunks } from '../../src/mapping/file-chunks.ts'
import { committed } from '../../src/store/commit.ts'
import { emptyPartition } from '../../src/store/partition.ts'
import { random } from '../objects/mutations.ts'
import { guids, serialGuid } from '../store/sample.ts'

const content = (size: number) => Uint8Array.from({ length: size }, (_, index) => index * 7)
const archive = () =>
  Buffer.from(
    zipSync({ 'small.xml': content(100), 'large.xml': content(20_000), 'last.xml': content(5000) }, { level: 0 }),
  )

const local = Buffer.from('504b0304', 'hex')
const directory = Buffer.from('504b0102', 'hex')
const end = Buffer.from('504b0506', 'hex')

/** The archive with some numbers written at a distance from a place in it. */
function lying(at: (zip: Buffer) => number, offset: number, bytes: readonly number[]): Buffer {
  const zip = archive()
  zip.set(bytes, at(zip) + offset)
  return zip
}

const second = (zip: Buffer) => zip.indexOf(local, 4)
const most = [0xff, 0xff, 0xff, 0xff]

/** What a file is after it has become cells, and a file again. */
function backFrom(file: Uint8Array): Buffer {
  const partition = committed(emptyPartition(serialGuid), fileToCells('42', file), guids())
  return Buffer.concat(cellsToFile(partition, 2 ** 27).pieces)
}

const headers = (count: number) =>
  Buffer.concat(Array.from({ length: count }, () => Buffer.concat([local, Buffer.alloc(26)])))

describe('An archive becomes cells and the same archive again', () => {
  test.each<[string, Buffer]>([
    ['whose entry says that it has gigabytes', lying(second, 18, most)],
    ['whose entry says that it had gigabytes', lying(second, 22, most)],
    ['whose entry says that it has nothing', lying(second, 18, [0, 0, 0, 0])],
    ['whose entry has a name that is longer than the file', lying(second, 26, [0xff, 0xff])],
    ['whose entry has more beside its name than the file', lying(second, 28, [0xff, 0xff])],
    ['whose entry says that its sizes come later', lying(second, 6, [8, 0])],
    ['whose first entry says all that', lying(() => 0, 18, [...most, ...most, 0xff, 0xff, 0xff, 0xff])],
    ['whose directory begins nowhere', lying((zip) => zip.indexOf(end), 16, most)],
    ['whose directory has millions of entries', lying((zip) => zip.indexOf(end), 8, [0xff, 0xff, 0xff, 0xff])],
    [
      'whose directory leads into the middle of another entry',
      lying((zip) => zip.indexOf(directory), 42, [77, 0, 0, 0]),
    ],
    ['whose directory says other sizes than its entries', lying((zip) => zip.indexOf(directory), 20, most)],
    ['that is cut off', archive().subarray(0, 10_000)],
    ['that is a header alone', archive().subarray(0, 30)],
    ['that is half of a header', archive().subarray(0, 15)],
    ['that has another one behind it', Buffer.concat([archive(), archive()])],
    ['that has no more than empty entries', headers(1000)],
    ['that has more entries than an archive can have', headers(70_000)],
    [
      'whose sizes are in a field that is not as long as it says',
      Buffer.concat([
        local,
        Buffer.alloc(14),
        Buffer.from([...most, ...most, 0, 0, 8, 0, 1, 0, 0xff, 0xff, 1, 2, 3, 4]),
        Buffer.alloc(50),
      ]),
    ],
    [
      'whose sizes are more than there are numbers for',
      Buffer.concat([
        local,
        Buffer.alloc(14),
        Buffer.from([...most, ...most, 0, 0, 20, 0, 1, 0, 16, 0]),
        Buffer.alloc(16, 0xff),
        Buffer.alloc(50),
      ]),
    ],
  ])('%s', (_, file) => {
    expect(backFrom(file).equals(file)).toBe(true)
    const size = fileChunks(file).reduce((sum, { bytes }) => sum + bytes.length, 0)
    expect(size).toBe(file.length)
    expect(fileChunks(file).length).toBeLessThan(2 + file.length / 4)
  })

  test('whatever is written over it', () => {
    const next = random(7)
    for (let round = 0; round < 1000; round++) {
      const file = archive()
      for (let changes = 0; changes < 20; changes++) file[Math.floor(next() * 400)] = Math.floor(next() * 256)
      expect(backFrom(file).equals(file), `round ${round}`).toBe(true)
    }
  })
})
