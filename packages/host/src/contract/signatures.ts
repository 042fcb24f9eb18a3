import assert from 'node:assert/strict'
import type { KnownContent, Signatures } from '../signatures.ts'
import type { ContractTest } from './contract-test.ts'

const known: KnownContent = {
  signature: { scheme: 'Zip', chunks: [{ id: 'GQn1a/wGJyPHUei0Ze5yiw==', start: 0, length: 30 }] },
  sent: [{ id: 'md7tA6VXwIaaYjdO4o8XZQ==', start: 7, length: 2 ** 40 }],
}

/** What every `Signatures` must do. */
export function signaturesContract(test: ContractTest, create: () => Promise<Signatures> | Signatures): void {
  const on = (name: string, run: (signatures: Signatures) => Promise<void>) =>
    test(name, async () => run(await create()))

  on('what is known of a content is told of that content alone', async (signatures) => {
    const content = { fileId: '1', version: '1' }
    assert.equal(await signatures.find(content), undefined)
    await signatures.keep(content, known)
    assert.deepEqual(await signatures.find(content), known)
    assert.equal(await signatures.find({ fileId: '1', version: '2' }), undefined)
    assert.equal(await signatures.find({ fileId: '2', version: '1' }), undefined)
  })

  on('what is known of a content may grow', async (signatures) => {
    const content = { fileId: '1', version: '1' }
    await signatures.keep(content, { sent: [] })
    await signatures.keep(content, known)
    assert.deepEqual(await signatures.find(content), known)
  })
}
