import { failed, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import { xmlElement } from '../envelope/xml-element.ts'
import type { CellFile } from './cell-file.ts'

/** Answers which properties there are, or what some of them are. Those that there are none of are left out. */
export const propertiesHandler =
  (read: NonNullable<CellFile['properties']>): SubRequestHandler =>
  async ({ attributes = {}, propertyIds }) => {
    const asked = attributes['Properties']
    if (asked !== 'PropertyEnumerate' && asked !== 'PropertyGet') {
      return failed('InvalidArgument', 'Properties is none of PropertyEnumerate, PropertyGet.')
    }
    const properties = new Map(Object.entries(await read()))
    if (asked === 'PropertyEnumerate') {
      const ids = [...properties.keys()].map((id) => xmlElement('PropertyId', { id }))
      return succeeded({ children: [xmlElement('PropertyIds', {}, ids)] })
    }
    const values = [...new Set(propertyIds)]
      .filter((id) => properties.has(id))
      .map((id) => xmlElement('PropertyValue', { id, value: properties.get(id) }))
    return succeeded({ children: [xmlElement('PropertyValues', {}, values)] })
  }
