import { test } from 'vitest'
import { blobsContract } from '../src/contract/index.ts'
import { memoryBlobs } from '../src/memory-blobs.ts'

blobsContract(test, () => memoryBlobs())
