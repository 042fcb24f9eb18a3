import { describe, test } from 'vitest'
import { cellStoreContract, editorsTablesContract } from '../../src/contract/index.ts'
import { memoryCellStore, memoryEditorsTables } from '../../src/index.ts'

describe('In memory', () => {
  cellStoreContract(test, async () => memoryCellStore())
  editorsTablesContract(test, async () => memoryEditorsTables())
})
