import { join, resolve } from 'node:path'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const SOURCES = resolve(import.meta.dirname, 'src')
const OUTPUT = resolve(import.meta.dirname, 'dist')

/**
 * The programs of the desktop that run on Node.js: Electron's main process, the engine's process, and the processes
 * and threads that the engine starts. Each is named by its place under `src`.
 */
const PROGRAMS = [
  'main/index',
  'host/main',
  'engine/runtime/arm/arm-process',
  'engine/documents/reader-process',
  'engine/documents/memory-watchdog',
  'engine/measure/probe-process',
]

/** `dist` mirrors `src`: a module finds its siblings, and the package's root, in the build as in the sources. */
export default defineConfig({
  main: {
    build: {
      outDir: OUTPUT,
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(PROGRAMS.map((name) => [name, join(SOURCES, `${name}.ts`)])),
        output: { preserveModules: true, preserveModulesRoot: SOURCES, entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: join(OUTPUT, 'preload'),
      emptyOutDir: true,
      // A sandboxed preload script is one CommonJS file: it cannot load another.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: join(SOURCES, 'preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(SOURCES, 'renderer'),
    // Each answer of a door puts a nonce of its own in this place: src/gateway/content-security-policy.ts.
    html: { cspNonce: '__SOROBAN_NONCE__' },
    build: {
      outDir: join(OUTPUT, 'renderer'),
      emptyOutDir: true,
      rolldownOptions: { input: join(SOURCES, 'renderer/index.html') },
      modulePreload: { polyfill: false },
      // A policy without inline content also refuses `data:` scripts and fonts.
      assetsInlineLimit: 0,
      minify: true,
      // The charts are one part of a megabyte; it is read from the disk.
      chunkSizeWarningLimit: 1024,
    },
    plugins: [vue()],
  },
})
