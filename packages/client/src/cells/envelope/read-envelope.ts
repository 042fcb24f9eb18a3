import { BadAnswer } from '../../failures.ts'
import { errorCodeOf } from './error-codes.ts'
import type { CellSubAnswer } from './sub-request.ts'
import { allNamed, elementsOf, type XmlElement } from './xml-element.ts'

/**
 * What each of so many sub-requests is answered by, in their order. What is wrong with all of them is the answer to each.
 * Throws a `BadAnswer` if one has none.
 */
export function readEnvelope(text: string, count: number): readonly CellSubAnswer[] {
  const elements = elementsOf(text)
  const [version] = allNamed(elements, 'ResponseVersion')
  if (!version) throw new BadAnswer(`the host's answer has no ResponseVersion in it${faultOf(elements)}`)
  const wrong = [version, ...allNamed(elements, 'Response')].find(({ attributes }) => attributes['ErrorCode'])
  if (wrong) return Array.from({ length: count }, () => refusal(wrong))
  const answers = new Map(
    allNamed(elements, 'SubResponse').map((each) => [each.attributes['SubRequestToken'], each] as const),
  )
  const [suggestedName] = allNamed(elements, 'Response').flatMap(
    ({ attributes }) => attributes['SuggestedFileName'] || [],
  )
  return Array.from({ length: count }, (_, place) => {
    const answer = answers.get(String(place + 1))
    if (!answer) throw new BadAnswer(`the host has not answered sub-request ${place + 1} of ${count}`)
    return { ...subAnswer(answer), ...(suggestedName !== undefined && { suggestedName }) }
  })
}

function faultOf(elements: readonly XmlElement[]): string {
  const [said] = ['ErrorString', 'faultstring'].flatMap((name) => allNamed(elements, name))
  return said?.text ? `: ${said.text}` : ''
}

const refusal = ({ attributes }: XmlElement): CellSubAnswer => ({
  code: errorCodeOf(attributes['ErrorCode']) ?? 'Unknown',
  ...messageOf(attributes),
  attributes: {},
  text: '',
  elements: [],
})

function subAnswer({ attributes, children }: XmlElement): CellSubAnswer {
  const data = children.find(({ name }) => name === 'SubResponseData')
  return {
    code: errorCodeOf(attributes['ErrorCode']),
    ...messageOf(attributes),
    attributes: data?.attributes ?? {},
    text: data?.text ?? '',
    elements: [...(data?.children ?? []), ...children.filter((child) => child !== data)],
  }
}

/** What the host says; of a code that is not the specification's, the code. */
function messageOf({ ErrorCode: code, ErrorMessage: message }: Readonly<Record<string, string>>) {
  if (message) return { message }
  return errorCodeOf(code) === 'Unknown' && code !== 'Unknown' ? { message: code ?? 'no error code' } : {}
}
