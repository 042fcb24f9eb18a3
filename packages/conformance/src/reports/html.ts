import type { Outcome } from '../run.ts'
import { escaped, type Report, tallyText, worstFirst } from './report.ts'

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6775; --line: #dfe4ea; --page: #fff; --card: #f6f8fa;
  --failed: #b42318; --error: #93370d; --advice: #8a6100; --skipped: #5b6775; --passed: #137a3f }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #a3adb9; --line: #333c47; --page: #14181d;
  --card: #1c2229; --failed: #ff8a80; --error: #ffb37a; --advice: #f2c94c; --skipped: #a3adb9; --passed: #6fd39a } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 0 auto; max-width: 60rem; padding: 2rem 1rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem } p { margin: .25rem 0 }
.soft { color: var(--soft) } code { font: .85rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
details { border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; margin: .4rem 0; background: var(--card) }
summary { cursor: pointer; padding: .5rem .75rem } details > div { padding: 0 .75rem .75rem 2rem }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .25rem 1rem; margin: 0 } dt { color: var(--soft) } dd { margin: 0 }
.failed { --tone: var(--failed) } .error { --tone: var(--error) } .advice { --tone: var(--advice) }
.skipped { --tone: var(--skipped) } .passed { --tone: var(--passed) } h2 { color: var(--tone) }`

const headings = {
  failed: 'Failed',
  error: 'Could not be judged',
  advice: 'Advice',
  skipped: 'Skipped',
  passed: 'Passed',
} as const

/** As one page that needs nothing else: no script, no font, no network. */
export function asHtml(report: Report): string {
  const { wopiSrc, outcomes, plan, leftovers, startedAt, took } = report
  const sections = worstFirst.map((result) =>
    sectionOf(
      result,
      outcomes.filter((each) => each.result === result),
    ),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(tallyText(outcomes))}: ${escaped(wopiSrc)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(tallyText(outcomes))}</h1>
<p><code>${escaped(wopiSrc)}</code></p>
<p class="soft">Checked on ${new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC in ${(took / 1000).toFixed(1)} s. ${plan.map(escaped).join(' ')}</p>
${leftovers.map((sentence) => `<p><strong>${escaped(sentence)}</strong></p>`).join('\n')}
${sections.join('\n')}
</body>
</html>
`
}

function sectionOf(result: Outcome['result'], outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return ''
  return `<section class="${result}"><h2>${headings[result]} (${outcomes.length})</h2>
${outcomes.map(detailsOf).join('\n')}
</section>`
}

function detailsOf({ check, result, reason, expected, came, exchanges }: Outcome): string {
  const rows: [string, string | undefined][] = [
    ['Expected', expected],
    ['Came', came],
    ['Why', reason],
    ...exchanges.map(({ sent, came: answer }): [string, string] => ['Sent', `${sent} → ${answer}`]),
  ]
  const shown = rows.flatMap(([term, text]) =>
    text === undefined ? [] : [`<dt>${term}</dt><dd><code>${escaped(text)}</code></dd>`],
  )
  const link = `<dt>Says</dt><dd><a href="${escaped(check.spec)}" rel="noreferrer">the specification</a></dd>`
  const isOpen = result === 'failed' || result === 'error'
  return `<details class="${result}"${isOpen ? ' open' : ''}><summary>${escaped(check.says)} <span class="soft">${check.group}</span></summary><div><dl>${shown.join('')}${link}</dl></div></details>`
}
