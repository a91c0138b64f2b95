import type { TrainReport } from '@polygan/core';
import { useEffect, useState } from 'preact/hooks';
import type { RunDetails } from '../../run-summary.js';
import { askReports, askTraining } from '../ask.js';
import { Curves } from './curves.js';
import { duration, figure } from './figures.js';
import { Previews } from './previews.js';

/** Milliseconds between two looks at a training that goes on. */
const LOOK_EVERY = 1000;

const STATES = {
  training: 'Training',
  paused: 'Paused',
  stopped: 'Stopped',
  finished: 'Finished',
  begun: 'Just begun',
} as const;

/** A training, as it goes on or as it went. */
export function Watch({ run }: { readonly run: RunDetails }) {
  const reports = useReports(run);
  const [asked, setAsked] = useState<string>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => setAsked(undefined), [run.state]);
  const ask = async (request: 'pause' | 'resume' | 'stop', told: string) => {
    setAsked(told);
    setProblem(undefined);
    await askTraining(run.id, request).catch((error: Error) => {
      setAsked(undefined);
      setProblem(error.message);
    });
  };
  const last = reports.at(-1);
  const isGoing = run.state === 'training' || run.state === 'paused';
  return (
    <div class="watch">
      <section aria-label="Progress">
        <div class="row state">
          <h2 class={`state-${run.state}`}>{STATES[run.state]}</h2>
          {isGoing && (
            <>
              {run.state === 'paused' ? (
                <button type="button" disabled={asked !== undefined} onClick={() => ask('resume', 'Going on…')}>
                  Go on
                </button>
              ) : (
                <button type="button" disabled={asked !== undefined} onClick={() => ask('pause', 'Pausing after this step…')}>
                  Pause
                </button>
              )}
              <button type="button" disabled={asked !== undefined} onClick={() => ask('stop', 'Stopping and saving…')}>
                Stop and save
              </button>
            </>
          )}
          <span role="status">{asked ?? ''}</span>
        </div>
        {problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        {last && (
          <>
            <progress max="1" value={last.progress} aria-label="Share of the training that is done" />
            <dl class="facts">
              <Fact name="Step" value={figure(last.step)} />
              <Fact name="Done" value={`${Math.round(last.progress * 100)} %`} />
              {isGoing && typeof last.secondsLeft === 'number' && <Fact name="Time left" value={duration(last.secondsLeft)} />}
              <Fact name="Time" value={duration(last.seconds)} />
              <Fact name="Speed" value={`${figure(last.samplesPerSecond)} samples/s`} />
              <Fact name="Model" value={run.model} />
              <Fact name="Engine" value={run.record.engine} />
            </dl>
          </>
        )}
        {run.state === 'stopped' && (
          <p>
            Go on with <code>polygan resume</code> and this run’s folder.
          </p>
        )}
        <Warnings reports={reports} />
      </section>
      {run.previews.length > 0 && <Previews run={run} />}
      {reports.length > 0 && <Curves reports={reports} />}
      {reports.length === 0 && <p role="status">The first report comes after the first steps.</p>}
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Warnings({ reports }: { readonly reports: readonly TrainReport[] }) {
  const met = new Map<string, { message: string; step: number }>();
  for (const { step, warnings } of reports) {
    for (const { cause, message } of warnings ?? []) met.set(cause, { message, step });
  }
  if (met.size === 0) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      {[...met].map(([cause, { message, step }]) => (
        <li key={cause}>
          <b>{cause}</b>, last at step {figure(step)}: {message}
        </li>
      ))}
    </ul>
  );
}

/** The reports of a run, with those that come while one looks. */
function useReports(run: RunDetails): readonly TrainReport[] {
  const [reports, setReports] = useState<readonly TrainReport[]>([]);
  const isGoing = run.state === 'training' || run.state === 'paused';
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    let known: readonly TrainReport[] = [];
    const look = async () => {
      const news = await askReports(run.id, known.at(-1)?.step ?? -1).catch(() => []);
      if (isOver) return;
      if (news.length > 0) {
        known = [...known, ...news];
        setReports(known);
      }
      if (isGoing || run.state === 'begun') timer = setTimeout(look, LOOK_EVERY);
    };
    look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [run.id, run.state]);
  return reports;
}
