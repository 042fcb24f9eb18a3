import { type Group, groups, severityOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import type { Outcome } from '../run.ts'
import { style } from './html-style.ts'
import { escaped, headings, type Report, type Standing, standingOf, standings, tallyOf } from './report.ts'

/** As one page that needs nothing else: no script, no font, no network. */
export function asHtml(report: Report): string {
  const title = verdictOf(report.outcomes)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}: ${escaped(report.wopiSrc)}</title>
<style>${style}</style>
</head>
<body>
${headerOf(report, title)}
${standingFilter(report.outcomes)}
<div class="layout">
${groupFilter(report.outcomes)}
<main>
${standings.map((standing) => sectionOf(standing, outcomesOf(report, standing))).join('\n')}
<footer>Made by openwopi check. “Should be better” and “Trouble with a client” fail no host.</footer>
</main>
</div>
</body>
</html>
`
}

const outcomesOf = ({ outcomes }: Report, standing: Standing) =>
  outcomes.filter((outcome) => standingOf(outcome) === standing)

function verdictOf(outcomes: readonly Outcome[]): string {
  const { failed, error, passed } = tallyOf(outcomes)
  if (failed > 0) return `${failed} of ${outcomes.length} checks failed`
  if (error > 0) return `${error} of ${outcomes.length} checks could not be judged`
  return passed === 0 ? 'Nothing could be checked' : `No check failed, and ${passed} passed`
}

function headerOf({ wopiSrc, outcomes, plan, leftovers, startedAt, took }: Report, title: string): string {
  const { failed, error, passed } = tallyOf(outcomes)
  const tone = failed > 0 ? 'failed' : error > 0 ? 'error' : passed > 0 ? 'passed' : 'skipped'
  const when = new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ')
  return `<header>
<h1 class="${tone}"><span class="tone">${escaped(title)}</span></h1>
<p><code>${escaped(wopiSrc)}</code></p>
<p class="soft">Checked on ${when} UTC in ${(took / 1000).toFixed(1)} s. ${plan.map(escaped).join(' ')}</p>
${leftovers.map((sentence) => `<p class="warn">${escaped(sentence)}</p>`).join('\n')}
</header>`
}

/** What passed is shown on demand, unless there is nothing else. */
function standingFilter(outcomes: readonly Outcome[]): string {
  const tally = tallyOf(outcomes)
  const present = standings.filter((standing) => tally[standing] > 0)
  const boxes = present.map((standing) => {
    const checked = standing !== 'passed' || present.length === 1 ? ' checked' : ''
    return `<label class="${standing}"><input type="checkbox" id="only-${standing}"${checked}>${headings[standing]} ${tally[standing]}</label>`
  })
  return `<div class="filters" role="group" aria-label="Show">${boxes.join('')}</div>`
}

function groupFilter(outcomes: readonly Outcome[]): string {
  const present = groups.filter((group) => outcomes.some(({ check }) => check.group === group))
  const labels = present.map((group) =>
    groupLabel(
      group,
      outcomes.filter(({ check }) => check.group === group),
    ),
  )
  const all = '<label><input type="radio" name="group" id="of-all" checked><span>all subjects</span></label>'
  return `<nav class="groups" aria-label="Subject">${all}${labels.join('')}</nav>`
}

function groupLabel(group: Group, outcomes: readonly Outcome[]): string {
  const { failed, error } = tallyOf(outcomes)
  const wrong = failed + error
  const count = wrong > 0 ? `<b title="${wrong} failed">${wrong}</b>` : `<i>${outcomes.length}</i>`
  return `<label><input type="radio" name="group" id="of-${group}"><span>${group}</span>${count}</label>`
}

function sectionOf(standing: Standing, outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return ''
  const inner = standing === 'skipped' ? byReason(outcomes) : outcomes.map(detailsOf)
  return `<section class="${standing}"><h2>${headings[standing]} <small>${outcomes.length}</small></h2>
${inner.join('\n')}
</section>`
}

/** Many are skipped for one reason, which is what counts. */
function byReason(outcomes: readonly Outcome[]): string[] {
  const reasons = [...new Set(outcomes.map(({ reason = '' }) => reason))]
  return reasons.map((why) => {
    const skipped = outcomes.filter(({ reason = '' }) => reason === why)
    const items = skipped.map(({ check }) => `<li data-group="${check.group}">${link(check.spec, check.says)}</li>`)
    return `<details class="reason"><summary>${escaped(why)} <span class="tag">${skipped.length} ${skipped.length === 1 ? 'check' : 'checks'}</span></summary><div class="body"><ul>${items.join('')}</ul></div></details>`
  })
}

const link = (address: string, text: string) => `<a href="${escaped(address)}" rel="noreferrer">${escaped(text)}</a>`

function detailsOf(outcome: Outcome): string {
  const { check, result, reason, expected, came, exchanges } = outcome
  const rows: [string, string | undefined][] = [
    ['Expected', expected],
    ['Came', came],
    ['Why', reason],
  ]
  const shown = rows.flatMap(([term, text]) =>
    text === undefined ? [] : [`<dt>${term}</dt><dd><code>${escaped(text)}</code></dd>`],
  )
  const about = `<dt>See</dt><dd>${link(check.spec, check.spec.replace('https://', ''))}</dd>`
  const isOpen = result === 'failed' || result === 'error'
  const sent = exchanges.map((exchange) => exchangeItem(exchange, isOpen))
  return `<details data-group="${check.group}"${isOpen ? ' open' : ''}><summary>${escaped(check.says)} <span class="tag">${tagOf(outcome)}</span></summary><div class="body"><dl>${shown.join('')}${about}</dl><ol>${sent.join('')}</ol></div></details>`
}

const tagOf = ({ check }: Outcome): string =>
  escaped([check.group, severityOf(check) === 'must' ? 'must' : (check.client ?? 'should')].join(' · '))

/** A request and its answer. What they carried besides is of interest where something went wrong. */
function exchangeItem({ sent, came, sentBody, headers = [], cameBody }: Exchange, isWhole: boolean): string {
  const line = (name: string, text: string) => `<code class="${name}">${escaped(text)}</code>`
  const block = (text: string | undefined) =>
    text && isWhole ? `<pre>${text.split('\n').map(escaped).join('\n')}</pre>` : ''
  return `<li>${line('sent', sent)}${block(sentBody)}${line('came', came)}${block(headers.join('\n'))}${block(cameBody)}</li>`
}
