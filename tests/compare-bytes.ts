import { expect } from 'vitest'

// One by one, as other lists are compared, a megabyte of bytes takes seconds.
expect.addEqualityTesters([
  (one: unknown, other: unknown) =>
    one instanceof Uint8Array && other instanceof Uint8Array ? Buffer.compare(one, other) === 0 : undefined,
])
