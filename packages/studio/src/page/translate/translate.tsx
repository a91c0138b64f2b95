import { useState } from 'preact/hooks';
import type { RunDetails } from '../../run-summary.js';
import { formsOf } from '../engine/open-run-model.js';
import type { FormKind, Sample } from '../engine/sample.js';
import { startEngine } from '../engine/start-engine.js';
import { download } from '../parts/download.js';
import { SampleView } from '../parts/sample-view.js';
import { Trouble } from '../parts/trouble.js';
import { useLatest } from '../parts/use-latest.js';
import { type Go, numberIn, type Place } from '../place.js';
import { GivenForm } from './given-forms.js';
import { type Given, openTranslator, type Translator } from './translator.js';

/** Answers to what is given, which differ where many are right. */
const ANSWERS = 4;
const ORDER: readonly FormKind[] = ['image', 'audio', 'text'];

/** Other forms of a thing: one gives a drawing, a sound or words, and sees and hears the rest. */
export function Translate({ run, place, go }: { readonly run: RunDetails; readonly place: Place; readonly go: Go }) {
  // Words can be shared with the address; drawings and sounds stay here.
  const [given, setGiven] = useState<Given>(() => (place.text ? { text: place.text } : {}));
  const [problem, setProblem] = useState<string>();
  const seed = Math.round(numberIn(place.seed, 0, 0, 2 ** 31 - 1));
  const opened = useLatest<Translator>(
    async (give) => {
      await startEngine(place.engine);
      give(await openTranslator(run));
    },
    [run.id, run.modelStep, place.engine],
  );
  const forms = formsOf(run).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const count = forms.filter(({ kind }) => given[kind] !== undefined).length;
  const isAnswerable = opened.value !== undefined && count > 0 && count < forms.length;
  const answers = useLatest<readonly Sample[]>(
    isAnswerable
      ? async (give) => {
          give(await opened.value!.translate(given, { count: ANSWERS, seed }));
        }
      : undefined,
    [opened.value, given, seed],
  );
  const change = (part: Given) => {
    setProblem(undefined);
    setGiven((before) => ({ ...before, ...part }));
    if ('text' in part) go({ text: part.text });
  };
  return (
    <div class="translate">
      <section class="given" aria-label="What is given">
        {forms.map((form) => (
          <GivenForm key={form.kind} form={form} given={given} onGiven={change} onProblem={setProblem} />
        ))}
      </section>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <section class="answers" aria-label="Other forms of it">
        <div class="row">
          <h2>Other forms of it</h2>
          <button type="button" onClick={() => go({ seed: String(seed + 1) })}>
            Other answers
          </button>
        </div>
        <Trouble of={opened} doing="Loading the model" />
        {count === 0 && <p>Draw, record or type something above.</p>}
        {count === forms.length && <p>All forms are given; clear one to see it made.</p>}
        {isAnswerable && <Trouble of={answers} doing="Translating" />}
        {count > 0 && count < forms.length && (
          <ul class="grid">
            {answers.value?.map((sample, i) => (
              <li key={i} class="card">
                <SampleView sample={sample} label={`answer ${i + 1}`} />
                <div class="row actions">
                  <button
                    type="button"
                    aria-label={`Save answer ${i + 1}`}
                    onClick={() => download(sample, `answer-${seed}-${i + 1}`)}
                  >
                    Save
                  </button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
