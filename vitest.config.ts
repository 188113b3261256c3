import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Native sessions own threads; separate processes keep a crash inside one file.
    pool: 'forks',
    maxWorkers: 2,
  },
})
