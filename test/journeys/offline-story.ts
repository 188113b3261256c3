/** Started by offline.test.ts in a network namespace: from a project to its report; tells as JSON what was seen. */
import { networkInterfaces } from 'node:os'

import { openCompany } from '../cli/company.ts'
import { serveDoor } from './doors/serve.ts'
import { openApp } from './open-app.ts'
import { readyProject } from './project.ts'
import { RunsView } from './runs-view.ts'

await using company = await openCompany()
await using app = await openApp(serveDoor)
const project = await readyProject(company, app.home, 'offline')
await app.visit(project.at('documents'))
await app.page.getByRole('gridcell', { name: '議事録.md', exact: true }).waitFor()
await app.visit(project.at('models'))
await app.page.getByRole('heading', { name: 'ベースラインとの違い' }).waitFor()
await app.visit(project.at('runs'))
const runs = new RunsView(app.page)
await runs.start()
await runs.shows('完了しました')
await runs.openResults()
await app.page.getByRole('article', { name: 'gqa' }).waitFor()
await app.visit(`${project.at('report')}?tab=preview`)
await app.page.getByRole('tab', { name: '要約' }).waitFor()

process.stdout.write(
  JSON.stringify({
    interfaces: Object.keys(networkInterfaces()),
    strayRequests: app.strayRequests,
    complaints: app.complaints,
    refused: (await app.page.getByRole('button', { name: '外部通信' }).innerText()).trim(),
    verdicts: await project.verdicts(),
    isReportShown: await app.page.getByRole('tab', { name: '要約' }).isVisible(),
  }),
)
