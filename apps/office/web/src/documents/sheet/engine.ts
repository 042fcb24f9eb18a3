import { type ILanguagePack, LocaleType, LogLevel, Univer } from '@univerjs/core'
import { CalculationMode, UniverSheetsCorePreset } from '@univerjs/preset-sheets-core'
import '@univerjs/preset-sheets-core/lib/index.css'
import { isDark } from '../../theme.ts'
import type { fontList } from './font-list.ts'
import { hiddenMenus } from './hidden-menus.ts'

/** The words of the grid's own menus, in the language of this page. */
export async function engineWords(): Promise<ILanguagePack> {
  const language = document.documentElement.lang
  if (language.startsWith('de')) return (await import('@univerjs/preset-sheets-core/locales/de-DE')).default
  if (language.startsWith('zh')) return (await import('@univerjs/preset-sheets-core/locales/zh-CN')).default
  return (await import('@univerjs/preset-sheets-core/locales/en-US')).default
}

export interface EngineOptions {
  readonly words: ILanguagePack
  /** Whether more than the content of cells can be changed. */
  readonly hasTools: boolean
  /** What can be chosen for cells. */
  readonly fonts: ReturnType<typeof fontList>
}

/** Starts the grid's engine in `container`: cells, tabs, a line for formulas, and tools for what can be kept. */
export function startEngine(container: HTMLElement, { words, hasTools, fonts }: EngineOptions): Univer {
  const univer = new Univer({
    // All words are those of this page's language: it stands in for the one that is always there.
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: words },
    logLevel: LogLevel.ERROR,
    darkMode: isDark(),
  })
  const { plugins } = UniverSheetsCorePreset({
    container,
    header: true,
    toolbar: hasTools,
    ribbonType: 'simple',
    contextMenu: hasTools,
    menu: hiddenMenus,
    formulaBar: true,
    customFontFamily: { override: true, list: fonts },
    footer: {
      sheetBar: true,
      statisticBar: true,
      menus: false,
      zoomSlider: true,
      addSheetButtonConfig: { show: false },
    },
    formula: { initialFormulaComputing: CalculationMode.WHEN_EMPTY },
    sheets: { disableForceStringAlert: true, disableForceStringMark: true },
  })
  for (const plugin of plugins) {
    if (Array.isArray(plugin)) univer.registerPlugin(...plugin)
    else univer.registerPlugin(plugin)
  }
  return univer
}
