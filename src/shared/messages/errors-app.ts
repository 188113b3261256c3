import { defineMessages } from './define.ts'

/** Failures of windows, doors and the engine's process. */
export const appErrors = defineMessages({
  'call/unknown-procedure': {
    ja: 'この操作はこの版にありません: {procedure}。画面を再読み込みしてください。',
    en: 'This version does not know the operation {procedure}. Reload the window.',
  },
  'call/disconnected': {
    ja: 'Soroban との接続が切れました。自動でつなぎ直します。実行中の処理は続いています。',
    en: 'The connection to Soroban was lost. It is being restored; work in progress goes on.',
  },
  'engine/crashed': {
    ja: '計算エンジンが予期せず終了しました（{how}）。自動で再起動します。終わった分は保存されているので、実行画面から再開できます。',
    en: 'The engine ended unexpectedly ({how}). It is being restarted. What was finished is kept: resume the run from the Runs view.',
  },
  'engine/out-of-memory': {
    ja: '計算エンジンがメモリ不足で終了しました（{how}）。自動で再起動します。ほかのアプリを閉じるか、小さいモデル・短い文脈長にして、実行画面から再開してください。',
    en: 'The engine ran out of memory ({how}). It is being restarted. Close other programs, or choose a smaller model or a shorter context, then resume from the Runs view.',
  },
  'engine/killed': {
    ja: '計算エンジンが強制終了されました（{how}）。多くはメモリ不足によるものです。自動で再起動します。ほかのアプリを閉じるか、小さいモデル・短い文脈長にして、実行画面から再開してください。',
    en: 'The engine was killed ({how}), most often for want of memory. It is being restarted. Close other programs, or choose a smaller model or a shorter context, then resume from the Runs view.',
  },
  'engine/unresponsive': {
    ja: '計算エンジンが {seconds} 秒間応答しないため、停止して再起動します。終わった分は保存されているので、実行画面から再開できます。',
    en: 'The engine did not answer for {seconds} seconds and is being restarted. What was finished is kept: resume the run from the Runs view.',
  },
  'engine/failed': {
    ja: '計算エンジンを起動できません（{how}）。診断（soroban doctor）で環境を確認してください。',
    en: 'The engine cannot be started ({how}). Check the machine with the doctor (soroban doctor).',
  },
  'engine/outbound-refused': {
    ja: '外部への通信（{target}）を遮断しました。Soroban はオフラインで動作します。',
    en: 'A connection to {target} was refused. Soroban works offline.',
  },
  'shell/no-dialogs': {
    ja: 'ブラウザーではこの操作を使えません。画面内のフォルダー選択を使ってください。',
    en: 'This is not available in a browser. Use the folder chooser of the page.',
  },
  'shell/not-ours': {
    ja: 'Soroban が作成したファイルではないため開きません: {path}。',
    en: 'Not opened, because Soroban did not write it: {path}.',
  },
  'jobs/unknown': {
    ja: 'この処理はもうありません: {job}。一覧を確認してください。',
    en: 'There is no such job any more: {job}. See the list.',
  },
  'jobs/busy': {
    ja: 'このプロジェクトではすでに実行中の処理があります。終わるか停止してから始めてください。',
    en: 'Work is already in progress in this project. Start again when it has ended or been stopped.',
  },
  'jobs/busy-elsewhere': {
    ja: '別のプロジェクト（{project}）で実行中の処理があります。同時に動かすと測定が乱れるため、終わるか停止してから始めてください。',
    en: 'Work is in progress in another project ({project}). Both at once would disturb the measurements: start again when it has ended or been stopped.',
  },
  'generation/run-in-progress': {
    ja: '実行中は測定を乱さないように、生成を行いません。実行が終わるか停止してから、もう一度生成してください。',
    en: 'Nothing is generated while a run is in progress, since that would disturb its measurements. Generate again when the run has ended or been stopped.',
  },
  'projects/not-a-project': {
    ja: 'Soroban のプロジェクトフォルダーではありません: {folder}（{file} がありません）。',
    en: 'Not a Soroban project folder: {folder} has no {file}.',
  },
  'projects/exists': {
    ja: '同じ名前のフォルダーがすでにあり、空ではありません: {folder}。別の名前か場所を選んでください。',
    en: 'A folder of this name exists and is not empty: {folder}. Choose another name or place.',
  },
  'projects/name': {
    ja: 'プロジェクト名「{name}」はフォルダー名に使えません。/ \\ : * ? " < > | と、先頭・末尾の点や空白を除いてください。CON や NUL など Windows の予約語も使えません。',
    en: 'The project name "{name}" cannot be a folder name. Leave out / \\ : * ? " < > | and dots or spaces at either end, and avoid names that Windows reserves, such as CON or NUL.',
  },
  'projects/name-too-long': {
    ja: 'プロジェクト名「{name}」はフォルダー名として長すぎます。短い名前にしてください。',
    en: 'The project name "{name}" is too long for a folder name. Choose a shorter one.',
  },
  'projects/file-damaged': {
    ja: 'プロジェクトのファイル {path} を読み取れません: {field}（{reason}）。バックアップから戻すか、該当箇所を直してください。実行の記録は残っています。',
    en: 'The project file {path} cannot be read: {field} ({reason}). Restore it from a backup, or mend that field. The runs are still there.',
  },
  'projects/newer': {
    ja: 'プロジェクトのファイル {path} は、より新しい版の Soroban で作られています（{found}）。Soroban を更新してから開いてください。',
    en: 'The project file {path} was written by a newer version of Soroban ({found}). Update Soroban, then open the project.',
  },
  'projects/no-documents': {
    ja: '文書フォルダーがまだ選ばれていません。「文書」画面で選んでください。',
    en: 'No document folder has been chosen yet. Choose one in the Documents view.',
  },
  'projects/no-baseline': {
    ja: 'ベースラインのモデルがまだ選ばれていません。「モデル」画面で選んでください。',
    en: 'No baseline model has been chosen yet. Choose one in the Models view.',
  },
  'projects/no-candidate': {
    ja: '候補のモデルがまだ選ばれていません。「モデル」画面で選んでください。',
    en: 'No candidate model has been chosen yet. Choose one in the Models view.',
  },
  'projects/upload-name': {
    ja: 'このファイル名は受け取れません: {name}。名前を変えてから、もう一度追加してください。',
    en: 'This file name cannot be accepted: {name}. Rename the file and add it again.',
  },
  'projects/upload-order': {
    ja: '{name} の受け取りが途中で途切れました。もう一度追加してください。',
    en: 'The upload of {name} was interrupted. Add the file again.',
  },
  'path/not-absolute': {
    ja: '{path} は絶対パスではありません。ドライブ名または / から始まるパスを指定してください。',
    en: '{path} is not an absolute path. Give the whole path, from the drive or from /.',
  },
  'path/not-a-folder': {
    ja: '{path} はフォルダーではありません。フォルダーを指定してください。',
    en: '{path} is not a folder. Choose a folder.',
  },
  'cache/in-use': {
    ja: '実行中の処理がキャッシュを使っています。処理が終わるか停止してから消去してください。',
    en: 'Work in progress uses the cache. Clear it when that work has ended or been stopped.',
  },
  'serve/port-taken': {
    ja: 'ポート {port} は使用中です。--port で別の番号を指定してください。',
    en: 'Port {port} is in use. Choose another with --port.',
  },
  'serve/cannot-listen': {
    ja: '{host} のポート {port} で待ち受けできません（{reason}）。--host と --port の値を確認してください。',
    en: 'Cannot listen at {host}, port {port} ({reason}). Check --host and --port.',
  },
  'serve/not-built': {
    ja: '画面のファイルがありません: {path}。「npm run build」を実行してください。',
    en: 'The files of the window are missing: {path}. Run "npm run build".',
  },
})
