import { type Finding, verdictOn } from './finding.ts'
import type { Patient, Way } from './patient.ts'

/** How long the first part of an answer may take, in milliseconds. */
const patience = 5000

/** Whether answers come as they are sent, as the news for people who look at the same folder have to. */
export async function heldAnswers({ probe, release }: Patient, way: Way): Promise<Finding[]> {
  if (!way.echo) return []
  const { ok, warning } = verdictOn('live updates')
  const until = (body: Buffer) => body.includes('first')
  const first = await probe(`${way.url}/held`, { until, timeout: patience }).then(
    ({ body }) => body.includes('first') && !body.includes('last'),
    () => false,
  )
  await release()
  if (first) return [ok('Answers come as they are sent.')]
  return [
    warning(
      'The proxy holds answers back until they are whole, so pages hear late of what others change, and large downloads begin late: switch that off (nginx: proxy_buffering off).',
    ),
  ]
}
