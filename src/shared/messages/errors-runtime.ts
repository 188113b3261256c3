import { defineMessages } from './define.ts'

/** Failures of the inference runtime: providers, sessions, the KV cache and the processes of the arms. */
export const runtimeErrors = defineMessages({
  'runtime/library-unusable': {
    ja: 'ONNX Runtime のライブラリー {path} を使えません: {reason}。Soroban を入れ直してください（ソースから動かしている場合は npm ci）。',
    en: 'The ONNX Runtime library {path} cannot be used: {reason}. Install Soroban again (from the sources: npm ci).',
  },
  'runtime/provider-missing': {
    ja: '計算装置（provider）{provider} はこの環境で使えません。使えるもの: {available}。この中から選んでください。DirectML（dml）は Windows のみ、CUDA は追加のダウンロードが必要です。',
    en: 'Provider {provider} is not available here. Available: {available}. Choose one of them. DirectML (dml) exists on Windows only; CUDA needs an extra download.',
  },
  'runtime/device-missing': {
    ja: 'プロバイダー {provider} が使える GPU を見つけられません: {reason}。GPU とドライバーを確認するか、計算装置（provider）を cpu にしてください。',
    en: 'Provider {provider} finds no usable GPU: {reason}. Check the GPU and its driver, or choose provider cpu.',
  },
  'runtime/device-wrong': {
    ja: 'プロバイダー {provider} の計算結果が CPU と一致しないため、使用を中止しました。GPU ドライバーを更新するか、計算装置（provider）を cpu にしてください。',
    en: 'Provider {provider} computes other results than the CPU and is not used. Update the GPU driver, or choose provider cpu.',
  },
  'runtime/cpu-fallback': {
    ja: 'モデル {model} には、プロバイダー {provider} で実行できない演算が含まれています。計算装置（provider）を cpu にしてください。',
    en: 'Model {model} has operations that provider {provider} cannot run. Choose provider cpu.',
  },
  'runtime/model-rejected': {
    ja: 'ONNX Runtime がモデル {model} を読み込めません: {reason}。ファイルが壊れていないか、プロバイダー {provider} が対応しているかを確認してください。',
    en: 'ONNX Runtime cannot load model {model}: {reason}. Check that the files are intact and that provider {provider} supports them.',
  },
  'runtime/unknown-name': {
    ja: 'モデルのグラフに {name} という{role}がありません。あるもの: {known}。モデルの種類と入出力名の対応を確認してください。',
    en: 'The model graph has no {role} named {name}. It has: {known}. Check the kind of model and how its inputs and outputs are named.',
  },
  'runtime/failed': {
    ja: 'モデルの実行に失敗しました: {reason}。同じ入力で再び起きる場合は 診断（soroban doctor）の結果を添えて報告してください。',
    en: 'Running the model failed: {reason}. If the same input fails again, please report it with the findings of the doctor (soroban doctor).',
  },
  'runtime/out-of-memory': {
    ja: 'メモリが足りません: {reason}。文脈長を短くするか、量子化を使うか、ほかのアプリを閉じてください。',
    en: 'Not enough memory: {reason}. Use shorter contexts, quantise, or close other programs.',
  },
  'runtime/disposed': {
    ja: '{what} はすでに閉じられています。開き直してから使ってください。',
    en: 'The {what} is already closed. Open it again before using it.',
  },
  'runtime/busy': {
    ja: '{what} は実行中です。終わるのを待つか、中止してから使ってください。',
    en: 'The {what} is busy. Wait for it to finish or cancel it first.',
  },
  'runtime/beyond-positions': {
    ja: '{length} トークンは、モデルが扱える {maximum} 位置を超えています。文脈長または生成トークン数を減らしてください。',
    en: '{length} tokens exceed the {maximum} positions that the model supports. Use a shorter context or fewer new tokens.',
  },
  'runtime/token-out-of-range': {
    ja: 'トークン {token} は語彙（{vocabSize} 語）の範囲外です。トークナイザーとモデルの組み合わせを確認してください。',
    en: 'Token {token} is outside the vocabulary of {vocabSize}. Check that the tokenizer belongs to the model.',
  },
  'runtime/graph-missing': {
    ja: 'モデル {model} は「{verb}」に必要なグラフ（{variants}）なしで読み込まれています。このグラフを含めて読み込み直してください。',
    en: 'Model {model} was loaded without a graph for "{verb}" (one of: {variants}). Load it again with that graph.',
  },
  'runtime/model-unknown': {
    ja: 'モデル {model} はこのプロセスに読み込まれていません。先に読み込んでください。',
    en: 'Model {model} is not loaded in this process. Load it first.',
  },
  'runtime/vocabulary-mismatch': {
    ja: 'モデル {candidate} の語彙数（{candidateSize}）がベースラインの語彙数（{baselineSize}）と異なるため、トークンごとの一致度を比べられません。同じトークナイザーのモデルを指定してください。',
    en: 'Model {candidate} has a vocabulary of {candidateSize}, the baseline one of {baselineSize}: agreement per token needs the same tokenizer. Choose models that share it.',
  },
  'runtime/process-died': {
    ja: '系列 {arm} のエンジンプロセスが終了しました（{how}）。メモリ不足が疑われる場合は文脈長を短くするか量子化してください。実行は再開できます。{detail}',
    en: 'The engine process of arm {arm} ended ({how}). If memory may have run out, use shorter contexts or quantise. The run can be resumed. {detail}',
  },
  'runtime/process-unresponsive': {
    ja: '系列 {arm} のエンジンプロセスが {seconds} 秒間応答しないため終了させました。ほかの負荷を減らしてから再開してください。',
    en: 'The engine process of arm {arm} was silent for {seconds} s and was ended. Reduce other load and resume.',
  },
  'runtime/deadline': {
    ja: '系列 {arm} の処理「{verb}」が {seconds} 秒以内に終わらないため中止しました。文脈長を短くするか、ほかの負荷を減らしてください。',
    en: '"{verb}" of arm {arm} did not finish within {seconds} s and was stopped. Use shorter contexts, or reduce other load.',
  },
})
