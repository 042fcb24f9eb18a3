import { describe, test } from 'vitest'
import { cellFileContract } from '../../src/contract/cell-file.ts'
import { memoryCellFile } from '../../src/index.ts'

describe('A file in memory', () => {
  cellFileContract(test, async (bytes) =>
    memoryCellFile({ by: { login: 'ann', name: 'Ann' }, now: () => 0, ...(bytes && { bytes }) }),
  )
})
