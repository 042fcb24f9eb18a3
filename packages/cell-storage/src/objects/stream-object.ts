import { protocolFault } from '../faults/cell-fault.ts'
import type { ObjectName, ObjectValues } from './stream-objects.ts'

/** A stream object of a type that is known. */
export type KnownObject<N extends ObjectName = ObjectName> = {
  readonly [Name in N]: {
    readonly name: Name
    readonly values: ObjectValues<Name>
    /** In their order. None: it is not compound, or empty. */
    readonly children: readonly StreamObject[]
  }
}[N]

/** A stream object of a type that is not known. */
export interface UnknownObject {
  readonly name: 'unknown'
  readonly type: number
  readonly isCompound: boolean
  /** What it holds itself. */
  readonly bytes: Uint8Array
  readonly children: readonly StreamObject[]
}

/** What messages of cell storage are made of. */
export type StreamObject = KnownObject | UnknownObject

/** A stream object that is to be written. */
export function streamObject<N extends ObjectName>(
  name: N,
  values: ObjectValues<N>,
  children: readonly StreamObject[] = [],
): StreamObject {
  // A name and values that belong together are one of the known objects, which the compiler cannot tell of a parameter.
  return { name, values, children } as KnownObject
}

/** Those of all stream objects that have one name. */
export type ObjectNamed<N extends ObjectName> = Extract<StreamObject, { readonly name: N }>

/** The objects of one type. */
export const objectsNamed = <N extends ObjectName>(objects: readonly StreamObject[], name: N): ObjectNamed<N>[] =>
  objects.filter((object): object is ObjectNamed<N> => object.name === name)

/** The first object of one type. `undefined`: there is none. */
export const findObject = <N extends ObjectName>(
  objects: readonly StreamObject[],
  name: N,
): ObjectNamed<N> | undefined => objects.find((object): object is ObjectNamed<N> => object.name === name)

/** The first object of one type. That there is none is a protocol fault. */
export function needObject<N extends ObjectName>(objects: readonly StreamObject[], name: N): ObjectNamed<N> {
  const found = findObject(objects, name)
  if (!found) throw protocolFault('StreamObjectInvalid', `an object that needs one called ${name} has none`)
  return found
}
