export { compileDecoder, type CompiledDecoder } from './compile.ts'
export { formatDecoderConfig, parseDecoderConfig } from './config.ts'
export { exportModel, type ExportedFile, type ExportOptions } from './export-folder.ts'
export { openHfFolder, parameterCount, readAllWeights, type HfModel } from './hf-folder.ts'
export { writeHfFolder, type HfFolderContent } from './hf-writer.ts'
export { openOnnxFolder } from './onnx-folder.ts'
export {
  describeModel,
  looksLikeModel,
  openModelFolder,
  type ModelDescription,
  type OpenedModel,
} from './open-model.ts'
export { roundToStored } from './safetensors-writer.ts'
export { PROVENANCE_FILE, provenanceFile, readSeenTexts } from './provenance.ts'
