import { z } from 'zod'

import {
  deleteRun,
  listRuns,
  resolveHome,
  resumePoc,
  type RunSummary,
  showRun,
  storageIn,
} from '../../engine/index.ts'
import { deserializeError } from '../../shared/errors.ts'
import { defineMessages, formatMessage, type Locale, type Message } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields } from '../options.ts'
import { gateOption, pocWords, reportOutcome } from './poc.ts'

const words = defineMessages({
  none: { ja: '実行はまだありません。', en: 'There are no runs yet.' },
  line: {
    ja: '{id}  {state}  {done}/{total}  {createdAt}',
    en: '{id}  {state}  {done}/{total}  {createdAt}',
  },
  created: { ja: '開始前', en: 'created' },
  running: { ja: '実行中', en: 'running' },
  interrupted: { ja: '中断（再開できます）', en: 'interrupted (can be resumed)' },
  failed: { ja: '失敗（再開できます）', en: 'failed (can be resumed)' },
  done: { ja: '完了', en: 'done' },
  damaged: { ja: '記録の破損', en: 'damaged' },
  deleted: { ja: '実行 {id} を完全に削除しました。', en: 'Run {id} was deleted for good.' },
})

const STATES: Readonly<Record<RunSummary['state'], Message>> = {
  created: words.created,
  running: words.running,
  interrupted: words.interrupted,
  failed: words.failed,
  done: words.done,
  damaged: words.damaged,
}

const line = ({ id, state, unitsDone, unitsTotal, createdAt }: RunSummary, locale: Locale): string =>
  formatMessage(words.line, locale, {
    id,
    state: STATES[state][locale],
    done: unitsDone,
    total: unitsTotal,
    createdAt,
  })

const runArgument = {
  name: 'run',
  summary: { ja: '実行の ID（soroban runs list で確認）', en: 'id of the run (see soroban runs list)' },
} as const

export const runsListCommand = defineCommand({
  path: ['runs', 'list'],
  summary: { ja: '実行の一覧', en: 'list runs' },
  arguments: [],
  options: {},
  input: z.object(globalFields),
  run({ json, home }, terminal) {
    const runs = listRuns(resolveHome(home))
    if (json) terminal.print(JSON.stringify(runs, null, 2))
    else if (runs.length === 0) terminal.tell(words.none[terminal.locale])
    else for (const run of runs) terminal.print(line(run, terminal.locale))
    return Promise.resolve(EXIT.ok)
  },
})

export const runsShowCommand = defineCommand({
  path: ['runs', 'show'],
  summary: { ja: '実行の設定・状態・入力のハッシュ', en: 'settings, state and input hashes of a run' },
  arguments: [runArgument],
  options: {},
  input: z.object({ ...globalFields, run: z.string() }),
  run({ json, home, run: id }, terminal) {
    const run = showRun(resolveHome(home), id)
    if (json) terminal.print(JSON.stringify(run, null, 2))
    else {
      terminal.print(line(run, terminal.locale))
      if (run.failure !== null) terminal.print(deserializeError(run.failure).localized(terminal.locale))
      for (const [name, value] of Object.entries({ ...run.settings, ...run.inputs })) {
        terminal.print(`  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      }
    }
    return Promise.resolve(EXIT.ok)
  },
})

export const runsResumeCommand = defineCommand({
  path: ['runs', 'resume'],
  summary: { ja: '中断した実行を続ける', en: 'continue an interrupted run' },
  arguments: [runArgument],
  options: { gate: gateOption },
  input: z.object({ ...globalFields, run: z.string(), gate: z.boolean().default(false) }),
  async run(input, terminal) {
    const outcome = await resumePoc(input.run, storageIn(resolveHome(input.home)), terminal, {
      onRun: (run) => terminal.tell(formatMessage(pocWords.resumed, terminal.locale, { run })),
    })
    return reportOutcome(outcome, input, terminal)
  },
})

export const runsDeleteCommand = defineCommand({
  path: ['runs', 'delete'],
  summary: { ja: '実行を記録ごと完全に削除する', en: 'delete a run with all its samples, for good' },
  arguments: [runArgument],
  options: {},
  input: z.object({ ...globalFields, run: z.string() }),
  run({ home, run: id, json }, terminal) {
    deleteRun(resolveHome(home), id)
    if (json) terminal.print(JSON.stringify({ deleted: id }))
    else terminal.tell(formatMessage(words.deleted, terminal.locale, { id }))
    return Promise.resolve(EXIT.ok)
  },
})
