export { type OpenTextsOptions, openTexts, type SkippedTexts, type TextDataset } from './open-texts.js';
export { surveyTexts, type TextSurvey } from './survey-texts.js';
export { type TextFilesOptions, textFiles } from './text-files.js';
