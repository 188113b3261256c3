import { defineMessages } from './define.ts'

/** What an assumption is called, and what it does to the calculation: for the workbook and the form. */
export const assumptionMessages = defineMessages({
  'group.demand': { ja: '需要', en: 'Demand' },
  'group.service': { ja: 'サービス水準', en: 'Service level' },
  'group.device': { ja: '装置', en: 'Devices' },
  'group.power': { ja: '電力・CO₂', en: 'Power and CO₂' },
  'group.people': { ja: '人手', en: 'People' },
  'group.oneOff': { ja: '一時費用', en: 'One-off costs' },
  'group.finance': { ja: '財務', en: 'Finance' },

  'assumption.requestsPerMonth': { ja: '月間リクエスト数', en: 'Requests a month' },
  'assumption.requestsPerMonth.note': {
    ja: '1 年目の月平均です。必要な装置の台数と電力量を決めます。',
    en: 'Monthly mean of the first year. Decides how many devices are needed and how much energy they take.',
  },
  'assumption.growth': { ja: '需要の年間成長率', en: 'Yearly growth of demand' },
  'assumption.growth.note': {
    ja: '2 年目から、前年のリクエスト数にこの割合が加わります。',
    en: 'From the second year on, requests grow by this share of the year before.',
  },
  'assumption.inputTokens': { ja: '入力トークン数', en: 'Input tokens' },
  'assumption.inputTokens.note': {
    ja: '1 リクエスト当たりの入力の長さです。初回トークン時間とKVキャッシュの大きさを決めます。',
    en: 'Length of the input of one request. Decides the time to first token and the size of the KV cache.',
  },
  'assumption.outputTokens': { ja: '出力トークン数', en: 'Output tokens' },
  'assumption.outputTokens.note': {
    ja: '1 リクエスト当たりの出力の長さです。デコードにかかる時間を決めます。',
    en: 'Length of the output of one request. Decides how long decoding takes.',
  },
  'assumption.hoursPerMonth': { ja: '月間利用時間', en: 'Hours of use a month' },
  'assumption.hoursPerMonth.note': {
    ja: 'リクエストが届く時間帯の長さです。短いほど同じ件数でも混み合います。',
    en: 'Hours in which requests come in. The fewer, the denser the same number of requests.',
  },
  'assumption.peakFactor': { ja: 'ピーク係数', en: 'Peak factor' },
  'assumption.peakFactor.note': {
    ja: '利用時間内の平均に対する最繁時の倍率です。装置は最繁時に合わせて用意します。',
    en: 'Rate at the busiest time over the mean rate in the hours of use. Devices are sized for the busiest time.',
  },

  'assumption.latencyTarget': { ja: '応答時間の目標', en: 'Latency target' },
  'assumption.latencyTarget.note': {
    ja: '最繁時に、リクエストから最後のトークンまでに許す時間です。一度に処理できる系列数を制限します。',
    en: 'Longest time from a request to its last token at the busiest time. Limits how many sequences run together.',
  },
  'assumption.utilisation': { ja: '計画稼働率の上限', en: 'Planned utilisation' },
  'assumption.utilisation.note': {
    ja: '装置の時間のうち、計画に使う割合です。残りは変動への余裕です。',
    en: 'Share of a device’s time that is planned for; the rest is room for fluctuation.',
  },
  'assumption.maxBatch': { ja: '同時処理数の上限', en: 'Largest batch' },
  'assumption.maxBatch.note': {
    ja: '1 台で同時にデコードする系列数の、実行環境による上限です。',
    en: 'Most sequences that the serving software decodes together on one device.',
  },

  'assumption.ownedDevices': { ja: '保有台数', en: 'Devices owned' },
  'assumption.ownedDevices.note': {
    ja: 'すでに保有し、購入費がかからない台数です。寿命は決定の時点から数えます。',
    en: 'Devices at hand, which need not be bought. Their life counts from the decision.',
  },
  'assumption.devicePrice': { ja: '装置の単価', en: 'Price of a device' },
  'assumption.devicePrice.note': {
    ja: 'GPU 1 台の購入価格です。',
    en: 'Purchase price of one GPU.',
  },
  'assumption.serverShare': { ja: 'サーバー費（1 台当たり）', en: 'Server, per device' },
  'assumption.serverShare.note': {
    ja: '筐体・CPU・ネットワークなどのうち、装置 1 台分の購入費です。',
    en: 'Chassis, processor and network, as far as they fall on one device.',
  },
  'assumption.deviceLife': { ja: '装置の寿命', en: 'Life of a device' },
  'assumption.deviceLife.note': {
    ja: 'この年数の終わりに買い替えます。売却益は見込みません。',
    en: 'Devices are replaced at the end of it. Nothing is sold.',
  },
  'assumption.maintenanceRate': { ja: '年間保守料率', en: 'Yearly maintenance rate' },
  'assumption.maintenanceRate.note': {
    ja: '購入価格（装置とサーバー費）に対する 1 年の割合です。',
    en: 'A year’s share of the purchase price (device and server).',
  },
  'assumption.deviceMemory': { ja: '装置のメモリ', en: 'Memory of a device' },
  'assumption.deviceMemory.note': {
    ja: '重みとKVキャッシュが入るメモリです。同時に処理できる系列数を決めます。',
    en: 'Holds weights and KV cache. Decides how many sequences run together.',
  },
  'assumption.memoryReserve': { ja: 'メモリの予備', en: 'Memory kept free' },
  'assumption.memoryReserve.note': {
    ja: '重みとKVキャッシュに使わずに残す割合です。',
    en: 'Share that neither weights nor KV cache may take.',
  },
  'assumption.targetBandwidth': { ja: '導入装置のメモリ帯域', en: 'Bandwidth of the target device' },
  'assumption.targetBandwidth.note': {
    ja: 'データシートの最大値です。トークン間時間を測定装置から換算します。',
    en: 'Peak of the data sheet. Carries the time per output token over from the measured device.',
  },
  'assumption.targetCompute': { ja: '導入装置の演算性能', en: 'Compute of the target device' },
  'assumption.targetCompute.note': {
    ja: 'データシートの最大値（FP16/BF16、疎行列なし）です。初回トークン時間を測定装置から換算します。',
    en: 'Peak of the data sheet (dense FP16/BF16). Carries the time to first token over from the measured device.',
  },
  'assumption.measuredBandwidth': { ja: '測定装置のメモリ帯域', en: 'Bandwidth of the measured device' },
  'assumption.measuredBandwidth.note': {
    ja: '測定に使った装置のデータシートの最大値です。',
    en: 'Peak of the data sheet of the device that was measured.',
  },
  'assumption.measuredCompute': { ja: '測定装置の演算性能', en: 'Compute of the measured device' },
  'assumption.measuredCompute.note': {
    ja: '測定に使った装置のデータシートの最大値です。',
    en: 'Peak of the data sheet of the device that was measured.',
  },

  'assumption.activePower': { ja: '稼働時の電力', en: 'Active power' },
  'assumption.activePower.note': {
    ja: '1 台がリクエストを処理しているときの電力です。',
    en: 'Of one device while it works on requests.',
  },
  'assumption.idlePower': { ja: '待機時の電力', en: 'Idle power' },
  'assumption.idlePower.note': {
    ja: '1 台が通電したまま待っているときの電力です。',
    en: 'Of one device that is powered and waits.',
  },
  'assumption.poweredHoursPerYear': { ja: '年間通電時間', en: 'Powered hours a year' },
  'assumption.poweredHoursPerYear.note': {
    ja: '装置の電源が入っている時間です。常時通電は 8,760 時間です。',
    en: 'Hours in which devices are powered; 8,760 for always.',
  },
  'assumption.pue': { ja: '電力使用効率（PUE）', en: 'Power usage effectiveness (PUE)' },
  'assumption.pue.note': {
    ja: '空調などを含む設備全体の電力を、装置の電力で割った値です。',
    en: 'Power of the whole facility, cooling included, over the power of the devices.',
  },
  'assumption.powerPrice': { ja: '電力単価', en: 'Price of power' },
  'assumption.powerPrice.note': { ja: '1 kWh 当たりの支払額です。', en: 'Paid for one kWh.' },
  'assumption.co2PerKwh': { ja: 'CO₂排出係数', en: 'CO₂ factor' },
  'assumption.co2PerKwh.note': {
    ja: '電力 1 kWh 当たりの排出量です。金額には換算しません。',
    en: 'Emitted for one kWh. Not turned into money.',
  },

  'assumption.operationHours': { ja: '運用時間（1 台・1 年）', en: 'Operation hours (per device and year)' },
  'assumption.operationHours.note': {
    ja: '装置 1 台の運用に担当者が使う 1 年の時間です。',
    en: 'Working hours that staff spend on one device in a year.',
  },
  'assumption.hourlyCost': { ja: '人件費の時間単価', en: 'Cost of an hour of work' },
  'assumption.hourlyCost.note': {
    ja: '運用費の計算に使います。削減時間は金額に換算しません。',
    en: 'For the cost of operation. Hours saved are not turned into money.',
  },
  'assumption.minutesSaved': { ja: '1 件当たりの削減時間', en: 'Time saved by a request' },
  'assumption.minutesSaved.note': {
    ja: '回答 1 件で利用者が節約する時間です。現金には含めません。',
    en: 'Working time that one answer saves its user. Not counted as cash.',
  },

  'assumption.pocCost': { ja: '実証（PoC）費用', en: 'Cost of the proof of concept' },
  'assumption.pocCost.note': {
    ja: '候補を採用する場合にだけ、0 年目にかかります。',
    en: 'In year 0, only if a candidate is chosen.',
  },
  'assumption.tuningCost': { ja: 'チューニング費用', en: 'Cost of tuning' },
  'assumption.tuningCost.note': {
    ja: '候補を採用する場合にだけ、0 年目にかかります。',
    en: 'In year 0, only if a candidate is chosen.',
  },
  'assumption.migrationCost': { ja: '移行費用', en: 'Cost of migration' },
  'assumption.migrationCost.note': {
    ja: '候補を採用する場合にだけ、0 年目にかかります。',
    en: 'In year 0, only if a candidate is chosen.',
  },

  'assumption.discountRate': { ja: '割引率', en: 'Discount rate' },
  'assumption.discountRate.note': {
    ja: '将来の金額を現在価値に直す年率です。',
    en: 'Yearly rate at which later amounts are discounted to the decision.',
  },
  'assumption.horizon': { ja: '評価期間', en: 'Horizon' },
  'assumption.horizon.note': {
    ja: '何年分の費用と効果を数えるかです。',
    en: 'How many years of costs and effects are counted.',
  },
})
