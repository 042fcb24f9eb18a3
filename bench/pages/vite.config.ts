import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import office from '../../apps/office/web/vite.config.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const [fontNames] = office.plugins ?? []

/** The same build as the office's, of pages that hold a component and nothing else. */
export default defineConfig({
  ...office,
  root: at('.'),
  build: {
    ...office.build,
    outDir: at('../dist/pages'),
    manifest: false,
    rollupOptions: { ...office.build?.rollupOptions, input: [at('word.html'), at('sheet.html')] },
  },
  plugins: [fontNames],
})
