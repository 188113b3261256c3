/** A doctor's report as lines, each with a mark and, where something is to be done, advice. */
import { deserializeError } from '../../../shared/errors.ts'
import type { Provider } from '../../../shared/settings.ts'
import type { Formatter } from '../../format.ts'
import type { Translate } from '../../i18n.ts'
import type { DoctorReport } from '../../stores/doctor.ts'

export type Mark = 'good' | 'caution' | 'bad'

export interface Finding {
  readonly label: string
  readonly value: string
  readonly mark: Mark
  readonly advice: string | null
}

export interface FindingGroup {
  readonly title: string
  readonly findings: readonly Finding[]
}

/** Below these, or above, the reader is told. */
const LITTLE_MEMORY_BYTES = 8 * 2 ** 30
const LITTLE_DISK_BYTES = 10 * 2 ** 30
const MUCH_LOAD = 0.2

interface Words {
  readonly t: Translate
  readonly format: Formatter
}

function runtimeFindings(
  { runtime, machine }: DoctorReport,
  chosen: Provider | null,
  { t, format }: Words,
): Finding[] {
  const { driver, version, reason, failure, providers } = runtime
  const failed = failure === null ? '' : deserializeError(failure).localized(format.locale)
  const isChosenThere = chosen === null || providers.includes(chosen)
  const hasIdleGpu = machine.gpus.length > 0 && chosen === 'cpu' && providers.some((each) => each !== 'cpu')
  return [
    {
      label: t('doctor.line.runtime'),
      value: t(`doctor.runtime.${driver}`, { version }),
      mark: reason === 'native-failed' ? 'bad' : reason === 'requested' ? 'caution' : 'good',
      advice:
        reason === 'native-failed'
          ? t('doctor.advice.portable', { reason: failed })
          : reason === 'requested'
            ? t('doctor.advice.requested')
            : null,
    },
    {
      label: t('doctor.line.providers'),
      value: providers.map((each) => t(`provider.${each}`)).join(', '),
      mark: isChosenThere ? (hasIdleGpu ? 'caution' : 'good') : 'bad',
      advice: isChosenThere
        ? hasIdleGpu
          ? t('doctor.advice.gpuUnused')
          : null
        : t('doctor.advice.chosenProvider', { provider: t(`provider.${chosen}`) }),
    },
  ]
}

function machineFindings({ machine }: DoctorReport, { t, format }: Words): Finding[] {
  const { cpu, memoryBytes, gpus, onBattery, loadPerCore, os, node } = machine
  const unavailable = t('common.unavailable')
  const plain = (label: string, value: string): Finding => ({ label, value, mark: 'good', advice: null })
  const gpuText = ({ name, driver, memoryBytes: memory }: (typeof gpus)[number]): string =>
    t('doctor.gpu', {
      name,
      driver: driver ?? unavailable,
      memory: memory === null ? unavailable : format.bytes(memory),
    })
  const hasLittleMemory = memoryBytes < LITTLE_MEMORY_BYTES
  const isBusy = loadPerCore !== null && loadPerCore > MUCH_LOAD
  return [
    plain(
      t('doctor.line.cpu'),
      t('doctor.cpu', { model: cpu.model, physical: cpu.physicalCores, logical: cpu.logicalCores }),
    ),
    {
      label: t('doctor.line.memory'),
      value: format.bytes(memoryBytes),
      mark: hasLittleMemory ? 'caution' : 'good',
      advice: hasLittleMemory ? t('doctor.advice.memory') : null,
    },
    plain(t('doctor.line.gpus'), gpus.length === 0 ? t('doctor.gpu.none') : gpus.map(gpuText).join(', ')),
    {
      label: t('doctor.line.power'),
      value: onBattery === null ? unavailable : t(onBattery ? 'doctor.power.battery' : 'doctor.power.mains'),
      mark: onBattery === true ? 'caution' : 'good',
      advice: onBattery === true ? t('doctor.advice.battery') : null,
    },
    {
      label: t('doctor.line.load'),
      value: loadPerCore === null ? unavailable : format.percent(loadPerCore, 0),
      mark: isBusy ? 'caution' : 'good',
      advice: isBusy ? t('doctor.advice.load') : null,
    },
    plain(t('doctor.line.system'), os),
    plain(t('doctor.line.node'), node),
  ]
}

function homeFindings({ home, soroban }: DoctorReport, { t, format }: Words): Finding[] {
  const { path, writable, freeBytes, setAside } = home
  const isNearlyFull = freeBytes !== null && freeBytes < LITTLE_DISK_BYTES
  return [
    { label: t('doctor.line.soroban'), value: soroban, mark: 'good', advice: null },
    {
      label: t('doctor.line.home'),
      value: path,
      mark: writable ? 'good' : 'bad',
      advice: writable ? null : t('doctor.advice.notWritable'),
    },
    ...(setAside.length === 0
      ? []
      : [
          {
            label: t('doctor.line.setAside'),
            value: setAside.join(', '),
            mark: 'caution',
            advice: t('doctor.advice.setAside'),
          } as const,
        ]),
    {
      label: t('doctor.line.disk'),
      value: freeBytes === null ? t('common.unavailable') : format.bytes(freeBytes),
      mark: isNearlyFull ? 'caution' : 'good',
      advice: isNearlyFull ? t('doctor.advice.disk') : null,
    },
  ]
}

/** @param chosen the provider of the settings, where they are known */
export function findingsOf(report: DoctorReport, chosen: Provider | null, words: Words): FindingGroup[] {
  const { t } = words
  return [
    { title: t('doctor.group.runtime'), findings: runtimeFindings(report, chosen, words) },
    { title: t('doctor.group.machine'), findings: machineFindings(report, words) },
    { title: t('doctor.group.home'), findings: homeFindings(report, words) },
  ]
}

/** The findings to be pasted into a mail. */
export function findingsText(groups: readonly FindingGroup[], t: Translate): string {
  return groups
    .map(({ title, findings }) =>
      [
        `[${title}]`,
        ...findings.map(({ label, value, mark, advice }) =>
          [`${t(`doctor.mark.${mark}`)}\t${label}\t${value}`, advice]
            .filter((part) => part !== null)
            .join('\t'),
        ),
      ].join('\n'),
    )
    .join('\n\n')
}
