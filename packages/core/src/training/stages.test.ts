import { expect, test } from 'vitest';
import { StagePlan } from './stages.js';

const STAGES = [
  { name: 'pre-training', steps: 10 },
  { name: 'skipped', steps: 0 },
  { name: 'adversarial', steps: 5, cost: 4 },
];

test('a step belongs to the stage that it falls in, and the last stage takes all that is left', () => {
  const plan = new StagePlan(STAGES, 100);
  expect([0, 9, 10, 50].map((step) => plan.at(step))).toEqual([
    { stage: 'pre-training', stageStep: 0 },
    { stage: 'pre-training', stageStep: 9 },
    { stage: 'adversarial', stageStep: 0 },
    { stage: 'adversarial', stageStep: 40 },
  ]);
});

test('the time to go counts dear steps as dear', () => {
  const plan = new StagePlan(STAGES, 15);
  // Five of ten cheap steps in 10 seconds: 10 seconds more for the others, and 40 for five steps that cost four times as much.
  plan.record(0, 5, 10);
  expect(plan.outlook(5)).toEqual({ progress: 5 / 30, secondsLeft: 50 });
  expect(plan.stageOutlook(5)).toEqual({ name: 'pre-training', progress: 0.5, secondsLeft: 10 });
  plan.record(5, 11, 18);
  expect(plan.outlook(11)).toEqual({ progress: 14 / 30, secondsLeft: 32 });
  expect(plan.stageOutlook(11)).toEqual({ name: 'adversarial', progress: 0.2, secondsLeft: 32 });
});

test('a limit that comes earlier cuts stages off', () => {
  const plan = new StagePlan(STAGES, 4);
  plan.record(0, 2, 2);
  expect(plan.outlook(2)).toEqual({ progress: 0.5, secondsLeft: 2 });
  expect(plan.stageOutlook(2)).toEqual({ name: 'pre-training', progress: 0.5, secondsLeft: 2 });
});

test('a stage that has had its share of the time is over, and what follows comes earlier', () => {
  const stages = [
    { name: 'reading', steps: 10, latestEnd: 0.2 },
    { name: 'warming', steps: 5 },
    { name: 'making', steps: 100 },
  ];
  const plan = new StagePlan(stages, Infinity);
  plan.endOverdue(4, 0.19);
  expect(plan.movedBeginnings).toBeUndefined();
  plan.endOverdue(5, 0.2);
  expect(plan.movedBeginnings).toEqual([5, 10]);
  expect([plan.at(4), plan.at(5), plan.at(10)].map(({ stage, stageStep }) => [stage, stageStep])).toEqual([
    ['reading', 4],
    ['warming', 0],
    ['making', 0],
  ]);
  // A stage without a share keeps its steps.
  plan.endOverdue(7, 0.9);
  expect(plan.movedBeginnings).toEqual([5, 10]);

  const resumed = new StagePlan(stages, Infinity);
  resumed.beginAt(plan.movedBeginnings!);
  expect(resumed.at(10)).toEqual({ stage: 'making', stageStep: 0 });
});

test('without stages or a limit, progress is unknown and the end is not in sight', () => {
  const plan = new StagePlan([], Infinity);
  plan.record(0, 20, 1);
  expect(plan.outlook(20)).toEqual({ progress: 0, secondsLeft: Infinity });
  expect(plan.stageOutlook(20)).toBeUndefined();
});
