import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeAll, describe, expect } from 'vitest'

import { gallery, LOOKS } from './gallery.ts'
import { overflowing, untranslated } from './window-checks.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
const SIZES = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

beforeAll(() => mkdir(FOLDER, { recursive: true }))

describe.each(LOOKS)('$locale, $theme', (look) => {
  gallery(
    'every view fits the window and is translated; pictures of them are kept in out/screenshots',
    async ({ tour }) => {
      const found: string[] = []
      const complaints = await tour(look, async ({ page }, { name }) => {
        for (const size of SIZES) {
          await page.setViewportSize(size)
          const file = `${name}-${look.locale}-${look.theme}-${size.width}.png`
          await page.screenshot({ path: join(FOLDER, file) })
          const wrong = [...(await overflowing(page)), ...(await untranslated(page))]
          found.push(...wrong.map((what) => `${file}: ${what}`))
        }
      })
      expect(found).toEqual([])
      expect(complaints).toEqual([])
    },
  )
})
