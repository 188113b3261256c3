/**
 * Builds the app over the fake engine and serves it on this machine, to be looked at:
 * node scripts/preview-renderer.ts [port]. The address chooses what is shown, see test/renderer/preview/main.ts.
 */
import { resolve } from 'node:path'

import vue from '@vitejs/plugin-vue'
import { build, type InlineConfig, preview } from 'vite'

const [port = '5199'] = process.argv.slice(2)
const config: InlineConfig = {
  configFile: false,
  root: resolve(import.meta.dirname, '../test/renderer/preview'),
  plugins: [vue()],
  build: {
    outDir: resolve(import.meta.dirname, '../out/preview'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1000,
  },
  preview: { host: '127.0.0.1', port: Number(port), strictPort: true },
}
await build(config)
const server = await preview(config)
server.printUrls()
