/** The prime numbers below `limit`, by the sieve of Eratosthenes. */
export function* primesBelow(limit: number): Generator<number> {
  const isCrossedOut = new Uint8Array(limit)
  for (let number = 2; number < limit; number++) {
    if (isCrossedOut[number]) continue
    yield number
    for (let multiple = number * number; multiple < limit; multiple += number) isCrossedOut[multiple] = 1
  }
}

console.log([...primesBelow(100)].join(', '))
