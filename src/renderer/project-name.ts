import type { Project } from '../shared/contract/projects.ts'
import type { Translate } from './i18n.ts'

/** What a project is called in the reader's language: the sample has a name in each. */
export const projectName = ({ name, isSample }: Pick<Project, 'name' | 'isSample'>, t: Translate): string =>
  isSample ? t('common.sampleProject') : name
