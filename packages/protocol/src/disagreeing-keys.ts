import { publicKeyBlob } from './public-key.ts'
import { readXml } from './read-xml.ts'

/**
 * The attributes of a discovery document, `value` or `oldvalue`, that hold another key than the modulus and the exponent
 * beside them: hosts that read the one and hosts that read the other then disagree on what proves a request. Throws a
 * `SyntaxError` for what is no discovery document.
 */
export function disagreeingKeys(xml: string): readonly string[] {
  const elements = readXml(xml, 'wopi-discovery').filter(({ path }) => path === 'wopi-discovery/proof-key')
  return elements.flatMap(({ attributes }) =>
    ['', 'old'].flatMap((prefix) => {
      const value = attributes[`${prefix}value`]?.replace(/\s+/g, '')
      const modulus = attributes[`${prefix}modulus`]?.replace(/\s+/g, '')
      const exponent = attributes[`${prefix}exponent`]?.replace(/\s+/g, '')
      if (!value || !modulus || !exponent) return []
      return isBlobOf(value, modulus, exponent) ? [] : [`${prefix}value`]
    }),
  )
}

/** Of the blob's head only the exponent counts here: the algorithm that some write there is that of another use. */
function isBlobOf(value: string, modulus: string, exponent: string): boolean {
  try {
    return numbersIn(value) === numbersIn(publicKeyBlob({ modulus, exponent }))
  } catch {
    return false
  }
}

const numbersIn = (blob: string): string => atob(blob).slice(16).replace(/\0+$/, '')
