import type { ProgressKind } from '../job.ts'
import { defineMessages, type Message } from './define.ts'

/** What long work is doing, in a few words. */
export const progressWords: Readonly<Record<ProgressKind, Message>> = defineMessages({
  documents: { ja: '文書の読み取り', en: 'Reading documents' },
  tokenize: { ja: 'トークン化', en: 'Tokenizing' },
  'load-model': { ja: 'モデルの読み込み', en: 'Loading model' },
  compile: { ja: 'グラフの作成', en: 'Building graph' },
  score: { ja: '採点', en: 'Scoring' },
  measure: { ja: '速度の測定', en: 'Measuring speed' },
  generate: { ja: '生成', en: 'Generating' },
  calibrate: { ja: '統計の収集', en: 'Calibrating' },
  convert: { ja: '変換', en: 'Converting' },
  train: { ja: '学習', en: 'Training' },
  evaluate: { ja: '評価', en: 'Evaluating' },
  report: { ja: '報告書', en: 'Report' },
})
