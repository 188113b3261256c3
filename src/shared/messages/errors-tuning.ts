import { defineMessages } from './define.ts'

export const tuningErrors = defineMessages({
  'tuning/checkpoint-damaged': {
    ja: 'チェックポイント {path} が壊れています（{part}）。このファイルを削除すると最初から学習し直します。',
    en: 'The checkpoint {path} is damaged ({part}). Delete the file to start the training over.',
  },
  'tuning/checkpoint-mismatch': {
    ja: 'チェックポイント {path} は別の設定または入力のものです。元の設定に戻すか、別の作業フォルダーを指定してください。',
    en: 'The checkpoint {path} belongs to other settings or inputs. Restore those, or choose another work folder.',
  },
  'tuning/diverged': {
    ja: '学習が {step} ステップ目で発散しました（損失が有限の値でなくなりました）。学習率を下げて、もう一度実行してください。',
    en: 'The training diverged at step {step}: the loss is no longer finite. Lower the learning rate and run again.',
  },
  'tuning/teacher-differs': {
    ja: '教師モデル {teacher} と {model} のトークナイザーまたは語彙数が異なります。同じモデルから作った組を指定してください。',
    en: 'The teacher {teacher} and {model} differ in tokenizer or vocabulary. Choose models made from one another.',
  },
  'tuning/shape': {
    ja: 'モデルの形の {field} に {value} は使えません。1 以上の整数で、kvHeads は queryHeads を割り切り、headDim は偶数である必要があります。',
    en: '{field} of the model shape cannot be {value}. It must be a whole number from 1 on; kvHeads must divide queryHeads and headDim must be even.',
  },
  'tuning/window': {
    ja: '学習の窓の長さ {window} は使えません。2 以上、モデルの最大位置数 {positions} 以下の整数を指定してください。',
    en: 'A training window of {window} tokens cannot be used. Give a whole number from 2 to the {positions} positions of the model.',
  },
})
