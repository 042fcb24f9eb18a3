import { type Group, groups } from '../check.ts'
import { standings } from './report.ts'

const looks = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #586373; --line: #dde3ea; --page: #fff; --card: #f7f9fb;
  --well: #eef2f6; --link: #0b5cad; --failed: #b3261e; --error: #9a3412; --should: #8a5a00; --interoperability: #6b3fa0;
  --skipped: #586373; --passed: #1a7f45 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --soft: #9aa6b5; --line: #2f3a46; --page: #12161b;
  --card: #191f26; --well: #0e1216; --link: #79b8ff; --failed: #ff8a80; --error: #ffab70; --should: #eac54f;
  --interoperability: #c8a7ff; --skipped: #9aa6b5; --passed: #6bd08f } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; color: var(--ink); background: var(--page) }
a { color: var(--link) }
code, pre { font: 12.5px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
header, .layout, .filters { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem }
header { padding-top: 2rem; padding-bottom: .5rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .35rem; text-wrap: balance }
h1 .tone { color: var(--tone) }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .6rem; color: var(--tone) }
h2 small { font-weight: normal; color: var(--soft) }
p { margin: .3rem 0 }
.soft { color: var(--soft) }
.warn { border-left: 4px solid var(--failed); background: var(--card); padding: .5rem .8rem; margin: .6rem 0 }
.filters { display: flex; flex-wrap: wrap; gap: .4rem; position: sticky; top: 0; z-index: 1; background: var(--page);
  padding-top: .6rem; padding-bottom: .6rem }
.filters label, .groups label { cursor: pointer; border: 1px solid var(--line); border-radius: 999px; padding: .15rem .7rem;
  background: var(--card); user-select: none; white-space: nowrap }
.filters input, .groups input { position: absolute; opacity: 0; pointer-events: none }
.filters label:has(:checked) { border-color: var(--tone); color: var(--tone); font-weight: 600 }
label:has(:focus-visible), summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.layout { display: grid; grid-template-columns: 12.5rem minmax(0, 1fr); gap: 2rem; padding-bottom: 4rem; align-items: start }
.groups { position: sticky; top: 3.6rem; max-height: calc(100vh - 4.5rem); overflow: auto; margin-top: 1.9rem; font-size: 14px }
.groups label { display: flex; justify-content: space-between; gap: .5rem; border-color: transparent; border-radius: 6px;
  background: none; padding: .12rem .6rem }
.groups label:hover { background: var(--card) }
.groups label:has(:checked) { background: var(--well); font-weight: 600 }
.groups b { font-weight: 600; color: var(--failed) }
.groups i { font-style: normal; color: var(--soft) }
main { min-width: 0 }
section > h2:first-child { margin-top: 1.6rem }
details { border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; margin: .4rem 0; background: var(--card) }
summary { cursor: pointer; padding: .45rem .8rem }
summary .tag { float: right; margin-left: .6rem; color: var(--soft); font-size: 12.5px }
.body { padding: .1rem .9rem .8rem }
dl { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); gap: .25rem .8rem; margin: .2rem 0 .5rem }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
ol { margin: .3rem 0 0; padding: 0; list-style: none }
ol li { background: var(--well); border-radius: 5px; padding: .4rem .6rem; margin: .3rem 0 }
ol pre { margin: .15rem 0 0; white-space: pre-wrap; color: var(--soft) }
.came::before { content: '← '; color: var(--soft) } .sent::before { content: '→ '; color: var(--soft) }
.sent, .came { display: block }
ul { margin: .2rem 0; padding-left: 1.3rem }
.passed details, .skipped details { content-visibility: auto; contain-intrinsic-size: auto 2.4rem }
footer { color: var(--soft); font-size: 13px; margin-top: 2rem }
@media (max-width: 46rem) { .layout { display: block } .filters { position: static }
  .groups { position: static; max-height: none; display: flex; flex-wrap: wrap; gap: .3rem; margin: .3rem 0 0 }
  .groups label { border-color: var(--line); background: var(--card); border-radius: 999px; gap: .35rem }
  summary .tag { float: none; display: block; margin: 0 } dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .3rem } }
@media print { .filters, .groups { display: none } .layout { display: block } details { break-inside: avoid } }`

const tones = standings.map((standing) => `.${standing} { --tone: var(--${standing}) }`)
const hiddenStandings = standings.map((standing) => `body:not(:has(#only-${standing}:checked)) section.${standing}`)

/** What is hidden while one group alone is asked for. */
const hiddenBy = (group: Group): string[] => {
  const asked = `body:has(#of-${group}:checked)`
  const its = `[data-group='${group}']`
  return [`${asked} [data-group]:not(${its})`, `${asked} :is(section, .reason):not(:has(${its}))`]
}

/** How the page looks, and what its filters hide. The page has no script: a host's words must have nothing to run in. */
export const style: string = [
  looks,
  ...tones,
  `${[...hiddenStandings, ...groups.flatMap(hiddenBy)].join(',\n')} { display: none }`,
].join('\n')
