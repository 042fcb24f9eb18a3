import type { Fault, FaultKind } from '../faults/cell-fault.ts'
import { protocolFault } from '../faults/cell-fault.ts'
import { findObject, needObject, type ObjectNamed, type StreamObject, streamObject } from './stream-object.ts'

/** The kinds of faults: their GUIDs, and the objects that have their numbers. */
const kinds = {
  cell: { guid: '5a66a756-87ce-4290-a38b-c61c5ba05a67', object: 'cellError' },
  protocol: { guid: '7afeaebf-033d-4828-9c31-3977afe58249', object: 'protocolError' },
  win32: { guid: '32c39011-6e39-46c4-ab78-db41929d679e', object: 'win32Error' },
  hresult: { guid: '8454c8f2-e401-405a-a198-a10b6991b56e', object: 'resultError' },
} as const

/** The fault that an object is. */
export function readFault({ values, children }: ObjectNamed<'error'>): Fault {
  const kind = (Object.keys(kinds) as FaultKind[]).find((name) => kinds[name].guid === values.guid)
  if (!kind) throw protocolFault('StreamObjectInvalid', `there is no kind of fault with the GUID ${values.guid}`)
  const text = findObject(children, 'errorText')?.values.text
  const cause = findObject(children, 'error')
  return {
    kind,
    code: needObject(children, kinds[kind].object).values.code,
    ...(text && { text }),
    ...(cause && { cause: readFault(cause) }),
  }
}

/** The object that a fault is. */
export const faultObject = ({ kind, code, text, cause }: Fault): StreamObject =>
  streamObject('error', { guid: kinds[kind].guid }, [
    streamObject(kinds[kind].object, { code }),
    ...(text ? [streamObject('errorText', { text })] : []),
    ...(cause ? [faultObject(cause)] : []),
  ])
