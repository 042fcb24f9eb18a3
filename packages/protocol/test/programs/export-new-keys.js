import { generateKeyPairSync } from 'node:crypto'
import { exportPublicKey } from '@openwopi/protocol/proof'

// Publishes keys that were just made, while there is much to collect.
for (let made = 0; made < 300; made++) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 512 })
  for (let times = 0; times < 40; times++) exportPublicKey(privateKey)
}
