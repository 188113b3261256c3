/** What the calculation leaves out, for the report to list. */
export const ROI_OMITTED = [
  /** Network equipment and lines. */
  'network',
  /** Floor space, racks, cooling equipment; cooling power is in the PUE. */
  'facilities',
  /** What devices are worth at the end of the horizon, and what getting rid of them costs. */
  'residualValue',
  /** Corporate tax and the effect of depreciation on it. */
  'taxes',
  /** Prices and wages stay as they are. */
  'inflation',
  /** Licences and support for software. */
  'licences',
  /** What better or worse answers are worth. */
  'answerQuality',
  /** What demand that is not answered costs under "do nothing". */
  'unansweredDemand',
  /** Working time saved for users; shown apart from cash. */
  'hoursSaved',
] as const
export type RoiOmitted = (typeof ROI_OMITTED)[number]
