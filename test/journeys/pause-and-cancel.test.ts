import { describe, expect } from 'vitest'

import { DOORS } from './doors/index.ts'
import { journey } from './journey.ts'
import { openApp } from './open-app.ts'
import { readyProject } from './project.ts'
import { RunsView } from './runs-view.ts'

describe.each(DOORS)('$name', (door) => {
  journey(
    'a run that is paused is resumed where it was; one that is cancelled is kept or deleted, as was asked',
    async ({ company }) => {
      await using app = await openApp(door)
      const project = await readyProject(company, app.home, 'cancelled')
      await app.visit(project.at('runs'))
      const runs = new RunsView(app.page)

      await runs.start()
      await runs.cancel('停止して削除')
      await app.page.getByText('まだ実行がありません').waitFor()
      expect(await project.verdicts()).toEqual([])

      await runs.start()
      await runs.cancel('実行を続ける')
      await runs.shows('実行中')
      await runs.pause()
      await runs.shows('停止しました')
      await runs.resume()
      await runs.shows('完了しました')
      expect(await project.verdicts()).toEqual(['worse'])
      expect(app.complaints).toEqual([])
    },
  )
})
