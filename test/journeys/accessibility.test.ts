import { describe, expect } from 'vitest'

import { gallery, LOOKS } from './gallery.ts'
import { barriers } from './window-checks.ts'

describe.each(LOOKS)('$locale, $theme', (look) => {
  gallery('no view keeps anybody out', async ({ tour }) => {
    const found: Record<string, readonly string[]> = {}
    await tour(look, async ({ page }, { name }) => {
      const here = await barriers(page)
      if (here.length > 0) found[name] = here
    })
    expect(found).toEqual({})
  })
})
