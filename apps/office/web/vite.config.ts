import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const pdfjs = at('../../../node_modules/pdfjs-dist')

/** What pdf.js loads by itself while it draws: fonts and character maps that a PDF does not carry. */
const pdfResources: Plugin = {
  name: 'pdf-resources',
  async writeBundle() {
    for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
      await cp(`${pdfjs}/${folder}`, at(`../dist/web/pdfjs/${folder}`), { recursive: true })
    }
  },
}

/** Lets a style sheet of fonts be imported under the name of the family that they stand in for: `?family=Arial`. */
const fontNames: Plugin = {
  name: 'font-names',
  enforce: 'pre',
  transform(code, id) {
    const family = /@fontsource\/.*\?family=(.+)$/.exec(id)?.[1]?.replaceAll('+', ' ')
    if (family === undefined) return undefined
    const named = code.replace(/font-family: '[^']*'/g, `font-family: '${family}'`)
    return named.replace(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
  },
}

export default defineConfig({
  root: at('.'),
  // Every address in the bundle is relative: the office may be served under any path.
  base: './',
  resolve: { alias: { '@openwopi/protocol': at('../../../packages/protocol/src/index.ts') } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: [at('src/main.ts'), at('src/waiting.ts')],
      // Parts of some components say where they run in frameworks that this is none of.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  plugins: [fontNames, pdfResources],
})
