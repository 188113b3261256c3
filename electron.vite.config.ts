import { resolve } from 'node:path'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const source = (...parts: string[]): string => resolve(import.meta.dirname, 'src', ...parts)

/** The desktop door: one bundle for each Electron process. The engine runs in a utility process started by `main`. */
export default defineConfig({
  main: { build: { lib: { entry: source('main', 'index.ts') }, outDir: 'dist/main' } },
  preload: { build: { lib: { entry: source('preload', 'index.ts') }, outDir: 'dist/preload' } },
  renderer: {
    root: source('renderer'),
    build: { rollupOptions: { input: source('renderer', 'index.html') }, outDir: 'dist/renderer' },
    plugins: [vue()],
  },
})
