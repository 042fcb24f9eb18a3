import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The server's own pages name these files from the manifest, so nothing here makes HTML.
export default defineConfig({
  root: here('.'),
  // Relative: behind a proxy, the server may lie under a path.
  base: './',
  plugins: [react()],
  // In the browser, workspace packages are bundled from their sources.
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    assetsDir: '',
    manifest: true,
    target: 'es2022',
    // A polyfill for browsers older than the target; without it no script stands outside the entries.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: here('src/main.tsx'), open: here('src/open.ts'), simple: here('src/simple.ts') },
    },
  },
})
