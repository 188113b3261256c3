import { defineMessages } from '../../shared/messages/define.ts'

/** Project home, project overview and the tour. */
export const homeMessages = defineMessages({
  'home.title': { ja: 'プロジェクト', en: 'Projects' },
  'home.lead': {
    ja: 'GQA モデルが MHA ベースラインを置き換えられるかを、自社の文書とこの装置で、外部と通信せずに確かめます。',
    en: 'Find out, on your own documents and this machine and without any connection to the outside, whether a GQA model can replace its MHA baseline.',
  },
  'home.sample.title': { ja: 'サンプルで試す', en: 'Try it with the sample' },
  'home.sample.advice': {
    ja: '付属の文書と 2 つの小さなモデルがそろった、すぐに実行できるプロジェクトです。文書の確認から報告書まで、数分で一通り試せます。',
    en: 'A project that is ready to run, with documents and two small models that come with Soroban. It takes a few minutes to go all the way to the report.',
  },
  'home.sample.open': { ja: 'サンプルプロジェクトを開く', en: 'Open the sample project' },
  'home.recent.title': { ja: '最近のプロジェクト', en: 'Recent projects' },
  'home.recent.empty': { ja: 'プロジェクトはまだありません', en: 'No projects yet' },
  'home.recent.emptyAdvice': {
    ja: 'はじめての方は、サンプルプロジェクトを開いてください。自社の文書で評価するときは、新しいプロジェクトを作成します。',
    en: 'If this is your first time, open the sample project. To evaluate your own documents, create a new project.',
  },
  'home.recent.opened': { ja: '最後に開いた日時', en: 'Last opened' },
  'home.recent.missing': { ja: '見つかりません', en: 'Not found' },
  'home.recent.missingAdvice': {
    ja: 'フォルダーが移動または削除されたか、ドライブが接続されていません。',
    en: 'The folder was moved or deleted, or its drive is not connected.',
  },
  'home.recent.forget': { ja: '一覧から外す', en: 'Take off the list' },
  'home.recent.forgetOne': { ja: '「{name}」を一覧から外す', en: 'Take "{name}" off the list' },
  'home.recent.current': { ja: '開いています', en: 'Open now' },
  'home.create.title': { ja: '新しいプロジェクト', en: 'New project' },
  'home.create.name': { ja: 'プロジェクト名', en: 'Name of the project' },
  'home.create.nameHelp': {
    ja: 'この名前のフォルダーを作ります。',
    en: 'A folder of this name is made.',
  },
  'home.create.place': { ja: '保存する場所', en: 'Place' },
  'home.create.result': { ja: '作成されるフォルダー: {folder}', en: 'Folder that is made: {folder}' },
  'home.create.submit': { ja: '作成する', en: 'Create' },
  'home.open.title': { ja: '既存のプロジェクトを開く', en: 'Open an existing project' },
  'home.open.path': { ja: 'プロジェクトのフォルダー', en: 'Folder of the project' },
  'home.open.submit': { ja: '開く', en: 'Open' },

  'overview.lead': {
    ja: '評価の流れと、次に行うことです。',
    en: 'The stages of the evaluation, and what to do next.',
  },
  'overview.stages': { ja: '評価の流れ', en: 'Stages' },
  'overview.documents.todo': {
    ja: '評価に使う文書のフォルダーを選びます。',
    en: 'Choose the folder of documents to evaluate on.',
  },
  'overview.documents.done': { ja: '文書フォルダー: {folder}', en: 'Document folder: {folder}' },
  'overview.corpus.todo': {
    ja: '重複を除いた文書の量と長さ、用途ごとの分け方を確認します。',
    en: 'See how much text remains without duplicates, how long it is and how it is split.',
  },
  'overview.corpus.done': {
    ja: '文書から評価用のコーパスを作ります。',
    en: 'The corpus is made out of the documents.',
  },
  'overview.models.todo': {
    ja: 'ベースラインと候補のモデルを選びます。',
    en: 'Choose the baseline and candidate models.',
  },
  'overview.models.done': {
    ja: 'ベースライン: {baseline}、候補: {candidates}',
    en: 'Baseline: {baseline}; candidates: {candidates}',
  },
  'overview.runs.todo': {
    ja: '品質・速度・メモリを測定します。途中で止めても再開できます。',
    en: 'Measure quality, speed and memory. A run that was stopped can be resumed.',
  },
  'overview.runs.busy': { ja: '測定しています。', en: 'Measuring.' },
  'overview.runs.busyPercent': { ja: '測定しています（{percent}）。', en: 'Measuring ({percent}).' },
  'overview.runs.done': { ja: '最新の実行: {time}', en: 'Latest run: {time}' },
  'overview.comparison.todo': {
    ja: '品質・速度・メモリの差と判定を確認します。',
    en: 'See the verdict and the differences in quality, speed and memory.',
  },
  'overview.comparison.done': {
    ja: '最新の実行の判定を確認しました。',
    en: 'You have seen the verdict of the latest run.',
  },
  'overview.report.todo': {
    ja: 'Excel の報告書を書き出し、判断する人に渡します。',
    en: 'Write the Excel report and hand it to those who decide.',
  },
  'overview.report.done': { ja: '報告書を書き出しました。', en: 'The report was written.' },
  'overview.next.documents': { ja: '文書を選ぶ', en: 'Choose documents' },
  'overview.next.corpus': { ja: 'コーパスを確認する', en: 'See the corpus' },
  'overview.next.models': { ja: 'モデルを選ぶ', en: 'Choose models' },
  'overview.next.runs': { ja: '実行に進む', en: 'Go on to the run' },
  'overview.next.comparison': { ja: '結果を比べる', en: 'Compare the results' },
  'overview.next.report': { ja: '報告書を書き出す', en: 'Write the report' },
  'overview.next.busy': { ja: '実行の様子を見る', en: 'Watch the run' },
  'overview.facts': { ja: 'プロジェクトの内容', en: 'About this project' },
  'overview.folder': { ja: 'フォルダー', en: 'Folder' },
  'overview.created': { ja: '作成日時', en: 'Created' },
  'overview.contexts': { ja: '測定する文脈長', en: 'Context lengths' },
  'overview.margin': { ja: '許容差', en: 'Margin' },
  'overview.local': {
    ja: '文書、モデル、測定結果はこのフォルダーとこの装置の中だけで扱います。',
    en: 'Documents, models and measurements stay in this folder and on this machine.',
  },
  'overview.opening': { ja: 'プロジェクトを開いています…', en: 'Opening the project…' },
  'overview.cannotOpen': { ja: 'プロジェクトを開けません', en: 'The project cannot be opened' },
  'overview.toHome': { ja: 'プロジェクト一覧へ', en: 'To the projects' },

  'tour.title': { ja: 'Soroban の使い方', en: 'How Soroban works' },
  'tour.step': { ja: '{step} / {steps}', en: '{step} of {steps}' },
  'tour.1.title': { ja: '文書とモデルを選ぶ', en: 'Choose documents and models' },
  'tour.1.text': {
    ja: '評価に使う社内文書のフォルダーと、比べる 2 つのモデル（MHA のベースラインと GQA の候補）を選びます。文書がこの装置の外へ出ることはありません。',
    en: 'Choose a folder of your documents and the two models to compare: the MHA baseline and the GQA candidate. The documents never leave this machine.',
  },
  'tour.2.title': { ja: '実行する', en: 'Run' },
  'tour.2.text': {
    ja: '同じ文書・同じ条件で、品質、速度、メモリを測定します。途中で止めても、電源が切れても、終わった分から再開できます。',
    en: 'Quality, speed and memory are measured on the same documents under the same conditions. If the run is stopped, or the power fails, it goes on from what is finished.',
  },
  'tour.3.title': { ja: '報告書を渡す', en: 'Hand over the report' },
  'tour.3.text': {
    ja: '品質が保たれたかの判定と数値の根拠を、Excel の報告書にまとめます。悪い結果も、測れなかった項目も、そのまま載ります。',
    en: 'The verdict on quality and the figures behind it become an Excel report. Bad news is in it, too, and so is what could not be measured.',
  },
  'tour.back': { ja: '戻る', en: 'Back' },
  'tour.next': { ja: '次へ', en: 'Next' },
  'tour.later': { ja: 'あとで', en: 'Later' },
  'tour.finish': { ja: 'サンプルプロジェクトを開く', en: 'Open the sample project' },
})
