import type { Command } from '../command.ts'
import { documentsInspectCommand } from './documents-inspect.ts'
import { documentsTextCommand } from './documents-text.ts'
import { doctorCommand } from './doctor.ts'
import { generateCommand } from './generate.ts'
import { modelExportCommand } from './model-export.ts'
import { modelInspectCommand } from './model-inspect.ts'
import { modelConvertCommand } from './model-convert.ts'
import { modelTrainCommand } from './model-train.ts'
import { modelTuneCommand } from './model-tune.ts'
import { referenceCommand } from './reference.ts'
import { pocCommand } from './poc.ts'
import { reportCommand } from './report.ts'
import { roiCommand } from './roi.ts'
import { runsDeleteCommand, runsListCommand, runsResumeCommand, runsShowCommand } from './runs.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'

/** A command's handler takes what its own schema gives; the list forgets which. */
const erase = <Input>(command: Command<Input>): Command => command as Command

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  erase(pocCommand),
  erase(runsListCommand),
  erase(runsShowCommand),
  erase(runsResumeCommand),
  erase(runsDeleteCommand),
  erase(reportCommand),
  erase(roiCommand),
  erase(documentsInspectCommand),
  erase(documentsTextCommand),
  erase(generateCommand),
  erase(scoreCommand),
  erase(modelInspectCommand),
  erase(modelConvertCommand),
  erase(modelTuneCommand),
  erase(modelTrainCommand),
  erase(modelExportCommand),
  erase(referenceCommand),
  erase(serveCommand),
  erase(doctorCommand),
]
