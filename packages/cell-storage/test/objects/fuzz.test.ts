import { expect, test } from 'vitest'
import { CellFault, dumpMessage, readRequest, readResponse } from '../../src/index.ts'
import * as vectors from '../vectors.ts'
import { mutated, random } from './mutations.ts'

/** `OPENWOPI_FUZZ=1000000` makes it a long run. */
const rounds = Number(process.env['OPENWOPI_FUZZ'] ?? 50_000)

const messages = Object.values({ ...vectors.requests, ...vectors.responses }).map((vector) =>
  Uint8Array.from(Buffer.from(vector, 'base64')),
)

test(
  `A message that is changed by chance is read or refused, ${rounds} times`,
  () => {
    const next = random(20)
    for (let round = 0; round < rounds; round++) {
      const message = messages[Math.floor(next() * messages.length)] ?? new Uint8Array()
      const changed = mutated(message, next)
      const read = round % 10 === 0 ? dumpMessage : changed[4] === 0x9c ? readRequest : readResponse
      try {
        read(changed)
      } catch (error) {
        if (!(error instanceof CellFault)) expect(error, Buffer.from(changed).toString('base64')).toBeUndefined()
      }
    }
  },
  60_000 + rounds,
)
