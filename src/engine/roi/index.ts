/** The return on investment: pure arithmetic over measured rates and assumptions. */
export { calculateRoi } from './calculate.ts'
export {
  CASE_SCENARIOS,
  type CaseInput,
  type CaseScenario,
  type RoiCaseColumn,
  roiCases,
  VOLUME_FACTORS,
} from './cases.ts'
export type { Values } from './evaluate.ts'
export type { Expression } from './expression.ts'
export { type RoiArm, type RoiInputs, roiInputs } from './inputs.ts'
export { type ModelQuantity, type RoiModel, roiModel } from './model.ts'
export { ROI_OMITTED, type RoiOmitted } from './omitted.ts'
export { printFormula, type QuantityReferences } from './print.ts'
export type { ModelRow, Unit } from './rows.ts'
