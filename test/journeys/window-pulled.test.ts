import { describe, expect } from 'vitest'

import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { readyProject } from './project.ts'
import { RunsView } from './runs-view.ts'

describe.each(DOORS)('$name', (door) => {
  journey(
    'pulling the window in mid-run loses nothing; quitting leaves a run that the next start offers to resume',
    async ({ company }) => {
      await using app = await openApp(door)
      const project = await readyProject(company, app.home, 'pulled')
      await app.visit(project.at('runs'))
      await new RunsView(app.page).start()
      await app.reopenWindow()
      await new RunsView(app.page).shows(/実行中|完了しました/)
      await app.page.reload()
      await new RunsView(app.page).shows('完了しました')
      expect(await project.verdicts()).toEqual(['worse'])

      await new RunsView(app.page).start()
      await app.quit()
      await using again = await openApp(door, { home: app.home })
      await again.visit(project.at('runs'))
      await new RunsView(again.page).resume()
      await new RunsView(again.page).shows('完了しました')
      expect(await project.verdicts()).toEqual(['worse', 'worse'])
    },
  )
})
