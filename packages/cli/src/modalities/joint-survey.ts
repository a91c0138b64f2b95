import type { FormName } from '@polygan/models';
import { figure } from '../terminal/format.js';
import { FORMS } from './forms.js';
import type { JointData } from './joint-data.js';
import type { Survey } from './modality-commands.js';

/** With fewer things than this a model repeats what it has seen. */
const FEW = 500;

/** What things lie in a folder, and in which forms. */
export async function surveyThings({ dataset, parts, heldOut, aspects, skipped }: JointData): Promise<Survey> {
  const present = Object.entries(parts).map(([name, { indices }]) => [name, Array.from(indices, (index) => index >= 0)] as const);
  const complete = Array.from({ length: dataset.size }, (_, row) => present.every(([, has]) => has[row])).filter(Boolean).length;
  const [aspect, ...others] = aspects;
  const classes =
    aspect && others.length === 0 ? aspect.classNames.map((name, number) => [name, count(aspect.labels, number)] as const) : [];
  return {
    count: dataset.size,
    facts: {
      forms: present
        .map(([name, has]) => `${figure(has.filter(Boolean).length)} have a ${FORMS[name as FormName].noun}`)
        .join(', '),
      complete: `${figure(complete)} have all of them`,
      'held out': `${figure(heldOut.size)} more, for evaluate`,
    },
    classes: Object.fromEntries(classes),
    skipped,
    proposal: {},
    remarks: [
      ...(dataset.size < FEW
        ? [`So few things make a generator of little variety: ${FEW} are a beginning, thousands are better.`]
        : []),
      ...(complete < dataset.size / 10
        ? ['Hardly anything has all its forms: what belongs together is learnt from those that do.']
        : []),
    ],
  };
}

function count(labels: ArrayLike<number>, wanted: number): number {
  return Array.from(labels).filter((label) => label === wanted).length;
}
