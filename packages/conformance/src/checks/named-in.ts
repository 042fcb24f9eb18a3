import { encodeUtf7 } from '@openwopi/protocol'
import { type Answer, jsonOf } from '../answer.ts'
import { given } from '../findings.ts'
import { pointerIn } from '../places.ts'
import type { Target } from '../target.ts'

/** The header that asks for a name that the host may alter. */
export const suggesting = (name: string) => ({ headers: { 'X-WOPI-SuggestedTarget': encodeUtf7(name) } })
/** The header that asks for exactly this name. */
export const insisting = (name: string) => ({ headers: { 'X-WOPI-RelativeTarget': encodeUtf7(name) } })

/** The name of a file that was made. */
export const fileNameIn = (answer: Answer): string => String(jsonOf(answer)?.['Name'])
/** The name of a container that was made. */
export const containerNameIn = (answer: Answer): string => String(pointerIn(answer)['Name'])

/** What CheckContainerInfo says of a container, with which a check begins or ends. */
export async function containerInfoOf(container: Target): Promise<Readonly<Record<string, unknown>>> {
  return jsonOf(given(await container.ask('checkContainerInfo'), 'CheckContainerInfo')) ?? {}
}

/** What CheckFileInfo says of a file, with which a check begins or ends. */
export async function fileInfoOf(file: Target): Promise<Readonly<Record<string, unknown>>> {
  return jsonOf(given(await file.ask('checkFileInfo'), 'CheckFileInfo')) ?? {}
}
