import { describe, expect } from 'vitest'

import { lastingPart } from '../cli/results.ts'
import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { readyProject } from './project.ts'
import { RunsView } from './runs-view.ts'

describe.each(DOORS)('$name', (door) => {
  journey(
    'an engine that is killed in mid-run is started again, says so, and the run goes on to the same verdict',
    async ({ company }) => {
      await using app = await openApp(door)
      const project = await readyProject(company, app.home, 'killed')
      await app.visit(project.at('runs'))
      const runs = new RunsView(app.page)
      await runs.start()
      const killed = await app.enginePid()
      process.kill(killed, 'SIGKILL')
      await app.page.getByRole('heading', { name: '計算エンジンが停止しました' }).waitFor()
      expect(await app.enginePid(killed)).not.toBe(killed)
      await runs.resume()
      await runs.shows('完了しました')
      expect(await project.results()).toHaveLength(1)

      // Undisturbed, for comparison.
      await runs.start()
      await runs.shows('完了しました')
      const [undisturbed, resumed] = await project.results()
      expect(resumed && lastingPart(resumed)).toEqual(undisturbed && lastingPart(undisturbed))
    },
  )
})
