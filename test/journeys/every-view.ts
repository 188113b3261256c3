import type { Message } from '../../src/shared/messages/index.ts'
import type { Company } from '../cli/company.ts'
import { soroban } from '../cli/soroban.ts'
import { type CompanyProject, emptyProject, PLAN, readyProject, VIEWS, type View } from './project.ts'

export interface ShownView {
  /** For file names. */
  readonly name: string
  /** For `App.visit`. */
  readonly path: string
  readonly heading: Message
  /** What stands there when everything has been loaded. */
  readonly shows: Message
}

const say = (ja: string, en: string = ja): Message => ({ ja, en })

const FINISHED = '規程の評価'
const NEW = '新しい評価'

const HEADINGS: Readonly<Record<Exclude<View, 'overview'>, Message>> = {
  documents: say('文書', 'Documents'),
  corpus: say('コーパス', 'Corpus'),
  models: say('モデル', 'Models'),
  runs: say('実行', 'Runs'),
  comparison: say('比較', 'Comparison'),
  report: say('報告書', 'Report'),
}
const SHOWN: Readonly<Record<View, Message>> = {
  overview: say('プロジェクトの内容', 'About this project'),
  documents: say('評価に使う文書', 'Documents in the evaluation'),
  corpus: say('コーパスの内容', 'What is in it'),
  models: say('ベースラインとの違い', 'What differs from the baseline'),
  runs: say('完了', 'Finished'),
  comparison: say('品質が低下', 'Quality worse'),
  report: say('サービス水準', 'Service level'),
}
const SHOWN_EMPTY: Readonly<Record<View, Message>> = {
  overview: SHOWN.overview,
  documents: say('文書がまだ選ばれていません', 'No documents chosen yet'),
  corpus: say('文書がまだ選ばれていません', 'No documents chosen yet'),
  models: say('参照モデルで試せます', 'Try it with the reference models'),
  runs: say('まだ実行がありません', 'No runs yet'),
  comparison: say('まだ結果がありません', 'No results yet'),
  report: say('まだ報告書を作れません', 'No report yet'),
}

/** Every view with something in it, and every view of a project in which nothing has been chosen. */
export async function everyView(company: Company, home: string): Promise<readonly ShownView[]> {
  const finished = await finishedProject(company, home)
  const empty = await emptyProject(home, NEW)
  const viewsOf = (
    project: CompanyProject,
    title: string,
    shown: typeof SHOWN,
    suffix: string,
  ): ShownView[] =>
    VIEWS.map((view) => ({
      name: `${view}${suffix}`,
      path: project.at(view),
      heading: view === 'overview' ? say(title) : HEADINGS[view],
      shows: shown[view],
    }))
  return [
    { name: 'home', path: '', heading: say('プロジェクト', 'Projects'), shows: say(NEW) },
    ...viewsOf(finished, FINISHED, SHOWN, ''),
    {
      name: 'generation',
      path: `${finished.at('comparison')}?tab=generation`,
      heading: HEADINGS.comparison,
      shows: say('まだ選択されていません', 'Nothing selected yet'),
    },
    {
      name: 'report-roi',
      path: `${finished.at('report')}?tab=roi`,
      heading: HEADINGS.report,
      shows: say('計算に含めていないもの', 'What is left out'),
    },
    {
      name: 'report-preview',
      path: `${finished.at('report')}?tab=preview`,
      heading: HEADINGS.report,
      shows: say('生データ', 'Raw values'),
    },
    ...viewsOf(empty, NEW, SHOWN_EMPTY, '-empty'),
    {
      name: 'settings',
      path: 'settings',
      heading: say('設定', 'Settings'),
      shows: say('Apache License 2.0'),
    },
    {
      name: 'doctor',
      path: 'doctor',
      heading: say('診断', 'Doctor'),
      shows: say('ディスクの空き', 'Free disk space'),
    },
  ]
}

/** With one run in it: a project's folder is what the command line calls a home. */
async function finishedProject(company: Company, home: string): Promise<CompanyProject> {
  const project = await readyProject(company, home, FINISHED)
  const { documents, baseline, gqa } = company
  const inputs = ['--documents', documents, '--baseline', baseline, '--candidate', gqa]
  const plan = ['--contexts', PLAN.contexts.join(','), '--threads', '1', '--out', company.path('out')]
  const { status, stderr } = await soroban(['poc', ...inputs, ...plan], { home: project.folder, lang: 'ja' })
  if (status !== 0) throw new Error(stderr)
  return project
}
