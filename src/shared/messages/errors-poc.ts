import { defineMessages } from './define.ts'

/** Requests that a proof of concept refuses before any work begins. */
export const pocErrors = defineMessages({
  'poc/context-beyond-positions': {
    ja: '文脈長 {context} は、モデル「{arm}」が扱える {positions} 位置を超えています。{positions} 以下にしてください。',
    en: 'A context of {context} exceeds the {positions} positions of model "{arm}". Choose {positions} or less.',
  },
  'poc/context-too-short': {
    ja: '文脈長 {context} は短すぎます。{least} 以上にしてください。',
    en: 'A context of {context} is too short. Choose {least} or more.',
  },
  'poc/out-is-a-file': {
    ja: '報告書の出力先 {path} はフォルダーではありません。別の場所を指定してください。',
    en: 'The output folder {path} is a file. Choose another place.',
  },
  'poc/nothing-to-score': {
    ja: 'フォルダー {path} の文書はどれも短すぎて採点できません。もっと長い文書を用意してください。',
    en: 'All documents in {path} are too short to be scored. Provide longer ones.',
  },
  'poc/all-documents-seen': {
    ja: 'フォルダー {path} の文書はすべて、モデルの変換または学習に使われています。学習に使っていない文書を用意してください。',
    en: 'Every document in {path} was used to convert or train one of the models. Provide documents that none has seen.',
  },
  'poc/cannot-score': {
    ja: 'モデル {folder} の ONNX グラフは最後の位置の結果しか出さないため、採点に使えません。すべての位置の logits を出力するグラフを使ってください。',
    en: 'The ONNX graph of {folder} gives the last position only and cannot score. Use a graph that outputs logits for all positions.',
  },
  'poc/quantize-onnx': {
    ja: '{folder} はすでに ONNX 形式のため、量子化（{quantization}）を適用できません。量子化なし（none）にするか、元の Hugging Face 形式のフォルダーを使ってください。',
    en: '{folder} already holds ONNX, so it cannot be quantised ({quantization}). Choose no quantization (none), or the original Hugging Face folder.',
  },
  'poc/not-finished': {
    ja: '実行 {run} はまだ終わっていません（{done} / {total}）。再開して終わらせてください（コマンドでは soroban runs resume {run}）。',
    en: 'Run {run} is not finished ({done} of {total}). Resume it first (on the command line: soroban runs resume {run}).',
  },
})
