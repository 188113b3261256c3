import { defineMessages } from '../../shared/messages/define.ts'

/** The models view. */
export const modelsMessages = defineMessages({
  'models.title': { ja: 'モデル', en: 'Models' },
  'models.lead': {
    ja: '今のモデル（ベースライン）と、置き換えの候補を選びます。ヘッドの構成と、必要なメモリを見比べられます。',
    en: 'Choose the model in use (baseline) and the candidates to replace it. Compare their heads and the memory that they need.',
  },
  'models.baseline': { ja: 'ベースライン', en: 'Baseline' },
  'models.candidate': { ja: '候補', en: 'Candidate' },
  'models.candidateNumber': { ja: '候補 {number}', en: 'Candidate {number}' },
  'models.folder.help': {
    ja: 'config.json と *.safetensors、または genai_config.json と *.onnx が直接入っているフォルダーです。',
    en: 'The folder that directly holds config.json and *.safetensors, or genai_config.json and *.onnx.',
  },
  'models.baselineFolder': { ja: 'ベースラインのモデルフォルダー', en: 'Model folder of the baseline' },
  'models.candidateFolder': { ja: '候補のモデルフォルダー', en: 'Model folder of the candidate' },
  'models.add': { ja: '候補を追加', en: 'Add a candidate' },
  'models.remove': { ja: '候補「{name}」を外す', en: 'Remove the candidate “{name}”' },
  'models.removeUnnamed': { ja: 'この候補を外す', en: 'Remove this candidate' },
  'models.reread': { ja: 'モデル「{name}」を読み直す', en: 'Read the model “{name}” again' },
  'models.reading': {
    ja: 'モデルを読み取り、SHA-256 を計算しています。大きなモデルでは数分かかります。',
    en: 'Reading the model and computing its SHA-256. A large model takes minutes.',
  },
  'models.notChosen': {
    ja: 'フォルダーを選ぶと、ヘッドの構成と諸元がここに表示されます。',
    en: 'Choose a folder to see its heads and facts here.',
  },
  'models.twice': {
    ja: 'このフォルダーはすでに選ばれています。別のモデルを選んでください。',
    en: 'This folder has been chosen already. Choose another model.',
  },

  'models.bundled.title': { ja: '参照モデルで試せます', en: 'Try it with the reference models' },
  'models.bundled.advice': {
    ja: '同梱の小さな MHA と GQA の組（各約 9 MB）です。評価の流れを数分で確かめられます。自社のモデルは、準備ができしだい差し替えてください。',
    en: 'A small MHA and GQA pair comes with the product (about 9 MB each). It shows the whole evaluation within minutes; put your own models in its place when they are ready.',
  },
  'models.bundled.use': { ja: '参照モデルを使う', en: 'Use the reference models' },

  'models.fact.name': { ja: '名前', en: 'Name' },
  'models.fact.family': { ja: '系統', en: 'Family' },
  'models.fact.layout': { ja: '形式', en: 'Layout' },
  'models.layout.hf': { ja: 'Hugging Face', en: 'Hugging Face' },
  'models.layout.onnx': { ja: 'ONNX', en: 'ONNX' },
  'models.fact.parameters': { ja: 'パラメータ数', en: 'Parameters' },
  'models.fact.layers': { ja: '層数 L', en: 'Layers L' },
  'models.fact.hiddenSize': { ja: '隠れ次元 d', en: 'Hidden size d' },
  'models.fact.intermediateSize': { ja: '中間次元', en: 'Intermediate size' },
  'models.fact.queryHeads': { ja: 'クエリヘッド n_h', en: 'Query heads n_h' },
  'models.fact.kvHeads': { ja: 'KVヘッド n_kv', en: 'KV heads n_kv' },
  'models.fact.headDim': { ja: 'ヘッド次元 d_h', en: 'Head size d_h' },
  'models.fact.vocabSize': { ja: '語彙数', en: 'Vocabulary' },
  'models.fact.maxPositions': { ja: '最大文脈長', en: 'Positions' },
  'models.fact.tiedEmbeddings': { ja: '埋め込みの共有', en: 'Tied embeddings' },
  'models.fact.storedTypes': { ja: '保存されている型', en: 'Stored types' },
  'models.fact.kvBytesPerToken': { ja: 'KVキャッシュ / トークン', en: 'KV cache per token' },
  'models.fact.kvBytesPerToken.formula': {
    ja: '1 要素 {bytes} バイト × 2 × L × d_h × n_kv。Soroban での実行時の値です。',
    en: '{bytes} bytes an element × 2 × L × d_h × n_kv, as Soroban runs it.',
  },
  'models.fact.sha256': { ja: 'SHA-256', en: 'SHA-256' },
  'models.fact.copySha256': { ja: 'SHA-256 をコピー', en: 'Copy SHA-256' },
  'models.yes': { ja: 'あり', en: 'yes' },
  'models.no': { ja: 'なし', en: 'no' },

  'models.heads.mha': { ja: 'MHA', en: 'MHA' },
  'models.heads.gqa': { ja: 'GQA', en: 'GQA' },
  'models.heads.mqa': { ja: 'MQA', en: 'MQA' },
  'models.heads.title': {
    ja: 'クエリヘッド {queryHeads} 本を KVヘッド {kvHeads} 本が受け持つ構成',
    en: '{queryHeads} query heads over {kvHeads} KV heads',
  },
  'models.heads.description': {
    ja: 'そろばんの桁のように描いた図です。上の珠が KVヘッド、下の珠がそれを共有するクエリヘッドで、KVヘッド 1 本あたり {group} 本です。',
    en: 'Drawn as the rods of an abacus: the upper bead is a KV head, the lower beads are the {group} query heads that share it.',
  },
  'models.heads.caption': {
    ja: '上の珠: KVヘッド {kvHeads} / 下の珠: クエリヘッド {queryHeads}（1 組 {group}）',
    en: 'Upper beads: {kvHeads} KV heads / lower beads: {queryHeads} query heads ({group} each)',
  },

  'models.differences': { ja: 'ベースラインとの違い', en: 'What differs from the baseline' },
  'models.difference': { ja: '{fact}: {baseline} → {candidate}', en: '{fact}: {baseline} → {candidate}' },
  'models.differences.kv-heads': {
    ja: '構成の違いは KVヘッドだけです。候補がこのベースラインから変換・チューニングしたものであれば、品質と速度の差は KVヘッドの削減によるものと言えます。別々に学習したモデルであれば、学習の違いも差に含まれます。',
    en: 'Only the KV heads differ. If the candidate was converted and tuned from this baseline, differences in quality and speed come from its fewer KV heads. If the two were trained apart, their training is part of the difference.',
  },
  'models.differences.sizes': {
    ja: 'KVヘッド以外の構成も異なります。品質や速度の差を、ヘッド構成だけによるものとは言えません。報告書にもこの注意が載ります。',
    en: 'More than the KV heads differs. A difference in quality or speed cannot be put down to the head configuration alone; the report carries this caution as well.',
  },
  'models.differences.same-shape': {
    ja: '構成は同じで、重みだけが異なります。KVヘッドを減らす効果は測れません。',
    en: 'The shapes are the same, only the weights differ. The effect of fewer KV heads cannot be measured.',
  },
  'models.differences.same-model': {
    ja: 'ベースラインと同じモデルです（SHA-256 が一致）。差は出ません。別の候補を選んでください。',
    en: 'This is the baseline itself (same SHA-256). There will be no difference: choose another candidate.',
  },
  'models.differences.kvCache': { ja: 'KVキャッシュ', en: 'KV cache' },
  'models.differences.parameters': { ja: 'パラメータ数', en: 'Parameters' },
  'models.differences.ratio': { ja: 'ベースラインの {percent}', en: '{percent} of the baseline' },

  'models.memory': { ja: 'メモリに収まる文脈長', en: 'What fits into memory' },
  'models.memory.lead': {
    ja: '重みと KVキャッシュの大きさから計算しています。実行時の作業領域と OS の使用分は含まないため、余裕を見てください。',
    en: 'Computed from the sizes of weights and KV cache. Working space and what the operating system takes are not included: allow for them.',
  },
  'models.memory.table': { ja: 'モデルごとに収まる量', en: 'What fits, by model' },
  'models.memory.size': { ja: 'メモリの大きさ（GiB）', en: 'Memory size (GiB)' },
  'models.memory.machine': { ja: 'この装置 {size}', en: 'This machine {size}' },
  'models.memory.presets': { ja: 'メモリの大きさの候補', en: 'Memory sizes to choose from' },
  'models.memory.sequences': { ja: '同時シーケンス数', en: 'Sequences at once' },
  'models.memory.precision': {
    ja: '重みの精度: {precision}。「実行」で変更できます。',
    en: 'Weights in {precision}; this is set in Runs.',
  },
  'models.precision.none': { ja: 'float32（量子化なし）', en: 'float32' },
  'models.precision.int8': { ja: 'int8', en: 'int8' },
  'models.precision.int4': { ja: 'int4', en: 'int4' },
  'models.memory.needsSize': {
    ja: 'メモリの大きさを入力すると、収まる文脈長が表示されます。',
    en: 'Enter a memory size to see what fits.',
  },
  'models.arm.label': { ja: '{role}: {name}', en: '{role}: {name}' },
  'models.memory.arm': { ja: 'モデル', en: 'Model' },
  'models.memory.weights': { ja: '重み', en: 'Weights' },
  'models.memory.weights.unknown': {
    ja: '複数の型が混ざった ONNX モデルのため、重みの大きさを推計できません。',
    en: 'The weights of an ONNX model with several stored types cannot be estimated.',
  },
  'models.memory.longest': { ja: '収まる最大の文脈長（1 本）', en: 'Longest context (one sequence)' },
  'models.memory.longest.positions': { ja: 'モデルの上限', en: 'limit of the model' },
  'models.memory.longest.memory': { ja: 'メモリの上限', en: 'limit of the memory' },
  'models.memory.longest.none': { ja: '重みが収まりません', en: 'The weights do not fit' },
  'models.memory.tokens': { ja: '{count} トークン', en: '{count} tokens' },
  'models.memory.concurrency': {
    ja: '文脈長ごとの、同時に収まるシーケンス数',
    en: 'Sequences that fit at once, by context length',
  },
  'models.memory.context': { ja: '文脈長', en: 'Context length' },
  'models.memory.unit': { ja: 'トークン', en: 'tokens' },
  'models.memory.beyond': {
    ja: 'n/a: モデルの最大文脈長を超えています。',
    en: 'n/a: beyond the positions of the model.',
  },
  'models.memory.chart': {
    ja: '文脈長ごとの必要メモリ（同時 {sequences} 本）',
    en: 'Memory needed by context length ({sequences} at once)',
  },
  'models.memory.needed': { ja: '必要メモリ', en: 'Memory' },
  'models.memory.available': { ja: '使えるメモリ', en: 'Memory at hand' },
  'models.memory.formula': {
    ja: '重み W + 本数 B × 文脈長 T × KVキャッシュ/トークン k。W は float32 で 4 バイト × パラメータ数、int8 / int4 では線形層の 32 個ごとに 4 バイトの倍率を加えます。',
    en: 'Weights W + sequences B × context T × KV bytes per token k. W is 4 bytes a parameter in float32; in int8 or int4 every 32 values of a linear layer carry a 4-byte scale.',
  },
})
