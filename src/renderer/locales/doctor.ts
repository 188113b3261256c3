import { defineMessages } from '../../shared/messages/define.ts'

export const doctorMessages = defineMessages({
  'doctor.title': { ja: '診断', en: 'Doctor' },
  'doctor.lead': {
    ja: 'この装置で正しく測定できる状態かを確認します。',
    en: 'Checks whether this machine is in a state to measure correctly.',
  },
  'doctor.examine': { ja: 'もう一度診断する', en: 'Examine again' },
  'doctor.examining': { ja: '診断しています…', en: 'Examining…' },
  'doctor.copy': { ja: '診断結果をコピー', en: 'Copy the findings' },
  'doctor.allGood': { ja: '問題は見つかりませんでした。', en: 'No problems were found.' },
  'doctor.problems': {
    ja: '確認が必要な項目が {count} 件あります。',
    en: 'Points that need attention: {count}',
  },
  'doctor.mark.good': { ja: '良好', en: 'Good' },
  'doctor.mark.caution': { ja: '注意', en: 'Caution' },
  'doctor.mark.bad': { ja: '問題', en: 'Problem' },
  'doctor.group.runtime': { ja: '計算エンジン', en: 'Engine' },
  'doctor.group.machine': { ja: '装置', en: 'Machine' },
  'doctor.group.home': { ja: '保存先', en: 'Storage' },

  'doctor.line.runtime': { ja: '実行系', en: 'Runtime' },
  'doctor.runtime.native': {
    ja: 'ONNX Runtime {version}（ネイティブ）',
    en: 'ONNX Runtime {version} (native)',
  },
  'doctor.runtime.portable': {
    ja: 'ONNX Runtime {version}（互換）',
    en: 'ONNX Runtime {version} (portable)',
  },
  'doctor.advice.portable': {
    ja: 'ネイティブ実行系の自己検査に失敗したため、遅い互換実行系で動いています。品質は正しく測れますが、速度は本来より遅く出ます。{reason}',
    en: 'The native driver failed its self-test, so the slower portable one is used. Quality is measured correctly, but speed is lower than it should be. {reason}',
  },
  'doctor.advice.requested': {
    ja: '指定により互換実行系で動いています。速度は本来より遅く出ます。',
    en: 'The portable driver is used as requested. Speed is lower than it could be.',
  },
  'doctor.line.providers': { ja: '使える計算装置', en: 'Devices' },
  'doctor.advice.chosenProvider': {
    ja: '設定で選ばれている「{provider}」は、この環境では使えません。設定で選び直してください。',
    en: 'The settings choose "{provider}", which is not available here. Choose another in the settings.',
  },
  'doctor.advice.gpuUnused': {
    ja: 'GPU がありますが、計算には使われません。使うには、設定で計算装置を選んでください。',
    en: 'There is a GPU, but it is not used. To use it, choose a device in the settings.',
  },
  'doctor.line.cpu': { ja: 'CPU', en: 'CPU' },
  'doctor.cpu': {
    ja: '{model}（物理 {physical} コア、論理 {logical} コア）',
    en: '{model} ({physical} physical, {logical} logical cores)',
  },
  'doctor.line.memory': { ja: 'メモリ', en: 'Memory' },
  'doctor.advice.memory': {
    ja: 'メモリが少ないため、大きいモデルや長い文脈長は測定できないことがあります。',
    en: 'With this little memory, large models and long contexts may not be measurable.',
  },
  'doctor.line.gpus': { ja: 'GPU', en: 'GPU' },
  'doctor.gpu': { ja: '{name}（ドライバー {driver}、{memory}）', en: '{name} (driver {driver}, {memory})' },
  'doctor.gpu.none': { ja: '見つかりません（CPU で測定します）', en: 'None found (the CPU is used)' },
  'doctor.line.power': { ja: '電源', en: 'Power' },
  'doctor.power.mains': { ja: '電源に接続', en: 'On mains' },
  'doctor.power.battery': { ja: 'バッテリー', en: 'On battery' },
  'doctor.advice.battery': {
    ja: 'バッテリーでは速度が下がることがあります。測定する前に電源につないでください。',
    en: 'Speed may drop on battery. Connect the machine to mains before measuring.',
  },
  'doctor.line.load': { ja: 'ほかの処理による負荷', en: 'Load by other work' },
  'doctor.advice.load': {
    ja: 'ほかの処理が動いていて、速度の測定が乱れます。終了してから測定してください。',
    en: 'Other work is running and would disturb the timing. End it before measuring.',
  },
  'doctor.line.system': { ja: 'OS', en: 'System' },
  'doctor.line.node': { ja: 'Node.js', en: 'Node.js' },
  'doctor.line.soroban': { ja: 'Soroban', en: 'Soroban' },
  'doctor.line.home': { ja: '保存先フォルダー', en: 'Storage folder' },
  'doctor.advice.notWritable': {
    ja: '書き込めません。フォルダーの権限を確認してください。',
    en: 'It cannot be written to. Check the permissions of the folder.',
  },
  'doctor.line.setAside': { ja: '壊れていた設定ファイル', en: 'Damaged settings' },
  'doctor.advice.setAside': {
    ja: '読めなかった設定や一覧を、この名前で保存先に残し、初期値で動いています。設定を確認し、不要ならファイルを削除してください。',
    en: 'Settings or lists that could not be read were kept under these names in the storage folder, and defaults are used. Check the settings; delete the files if you do not need them.',
  },
  'doctor.line.disk': { ja: 'ディスクの空き', en: 'Free disk space' },
  'doctor.advice.disk': {
    ja: '空きが少なくなっています。モデルの準備には、モデルの大きさの 2 倍ほどの空きが必要です。',
    en: 'Space is running low. Preparing a model takes about twice its size.',
  },
})
