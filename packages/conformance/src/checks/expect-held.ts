import { expectStatus } from '../findings.ts'
import type { Target } from '../target.ts'
import type { World } from '../world.ts'

/** Whether it is `lock`, and no other id, that a file is held with. Nobody: it can be locked. */
export async function expectHeld(world: World, target: Target, lock: string | undefined): Promise<void> {
  const probe = world.newLock()
  const answer = await target.ask('lock', { lock: probe })
  if (lock === undefined) return expectStatus(answer, [200], 'to a Lock afterwards, as the file is unlocked')
  expectStatus(answer, [409], 'to a Lock with another id afterwards, as the file is locked')
  expectStatus(await target.ask('refreshLock', { lock }), [200], 'to a RefreshLock with the id that is held afterwards')
}
