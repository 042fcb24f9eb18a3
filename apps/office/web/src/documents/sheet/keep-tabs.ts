/** What the grid does with the tabs of sheets beyond going to them: by a second click, a long one, and a menu. */
const kept: Readonly<Record<string, string>> = {
  pointerdown: '[data-u-comp="slide-tab-item"][aria-selected="true"]',
  contextmenu: '[data-u-comp="slide-tab-bar"]',
}

/** Sheets are gone to by their tabs, and nothing else: they cannot be given another name or place, hidden or shown here. */
export function keepTabs(container: HTMLElement): void {
  for (const [type, tabs] of Object.entries(kept)) {
    const stop = (event: Event) => {
      if (event.target instanceof Element && event.target.closest(tabs)) event.stopPropagation()
    }
    container.addEventListener(type, stop, true)
  }
}

/** What the grid does to let somebody give a sheet another name. */
export const renames = 'sheet.operation.rename-sheet'
