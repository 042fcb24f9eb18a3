const preference = matchMedia('(prefers-color-scheme: dark)')

/** Whether the page is dark: as the host has asked, else as the system is. */
export function isDark(): boolean {
  const theme = document.documentElement.dataset['theme']
  return theme === 'dark' || (theme !== 'light' && preference.matches)
}

/** Calls back when the system changes its mind. What is returned ends that. */
export function onThemeChange(changed: () => void): () => void {
  preference.addEventListener('change', changed)
  return () => preference.removeEventListener('change', changed)
}
