export {
  type OpenTextsOptions,
  openTexts,
  type SkippedTexts,
  type TextDataset,
  type TextsProgress,
  textDataset,
} from './open-texts.js';
export { surveyTexts, type TextSurvey } from './survey-texts.js';
export { type TextFilesOptions, textFiles } from './text-files.js';
export { TextOptionError } from './text-option-error.js';
export type { RawText } from './text-sources.js';
