import { LocaleType, LogLevel, Univer } from '@univerjs/core'
import { CalculationMode, UniverSheetsCorePreset } from '@univerjs/preset-sheets-core'
import enUS from '@univerjs/preset-sheets-core/locales/en-US'
import '@univerjs/preset-sheets-core/lib/index.css'
import { isDark } from '../../theme.ts'

/** Starts the grid's engine in `container`: cells, tabs, a line for formulas, and none of the tools that change more. */
export function startEngine(container: HTMLElement): Univer {
  const univer = new Univer({
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: enUS },
    logLevel: LogLevel.ERROR,
    darkMode: isDark(),
  })
  const { plugins } = UniverSheetsCorePreset({
    container,
    header: true,
    toolbar: false,
    contextMenu: false,
    formulaBar: true,
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
