import { useEffect, useState } from 'preact/hooks';
import type { RunDetails, RunSummary } from '../run-summary.js';
import { askRun, askRuns } from './ask.js';
import icon from './icon.svg';
import { lazily } from './parts/lazily.js';
import { type Go, type Place, usePlace } from './place.js';
import { Watch } from './watch/watch.js';

// What needs TensorFlow.js is loaded beside the page, so that the page is there at once.
const Explore = lazily(() => import('./explore/explore.js').then(({ Explore }) => Explore));
const Translate = lazily(() => import('./translate/translate.js').then(({ Translate }) => Translate));

/** Milliseconds between two looks at which runs there are, and at the one that is open. */
const LOOK_EVERY = 3000;

const VIEWS = { watch: 'Watch', explore: 'Explore', translate: 'Translate' } as const;
type View = keyof typeof VIEWS;

/** The whole page. */
export function App() {
  const [place, go] = usePlace();
  const [runs, error] = useRuns();
  const id = place.run ?? runs?.[0]?.id;
  const run = useRun(runs?.some((each) => each.id === id) ? id : undefined);
  return (
    <>
      <header class="top">
        <h1>
          <img src={icon} alt="" width="24" height="24" /> polygan studio
        </h1>
        {runs && runs.length > 0 && <RunChoice runs={runs} id={id!} go={go} />}
        {run && <ViewChoice run={run} view={viewOf(run, place)} go={go} />}
      </header>
      <main>
        {error && (
          <p class="problem" role="alert">
            {error}
          </p>
        )}
        {runs?.length === 0 && <NoRuns />}
        {runs && runs.length > 0 && id !== undefined && !runs.some((each) => each.id === id) && (
          <p class="problem" role="alert">
            There is no run {id}.
          </p>
        )}
        {run && run.id === id && <OpenRun key={run.id} run={run} place={place} go={go} />}
      </main>
    </>
  );
}

function OpenRun({ run, place, go }: { readonly run: RunDetails; readonly place: Place; readonly go: Go }) {
  const view = viewOf(run, place);
  if (view === 'watch') return <Watch run={run} />;
  if (view === 'translate') return <Translate run={run} place={place} go={go} />;
  return <Explore run={run} place={place} go={go} />;
}

function RunChoice({ runs, id, go }: { readonly runs: readonly RunSummary[]; readonly id: string; readonly go: Go }) {
  const choose = (chosen: string) => {
    const nothing = Object.fromEntries([...new URLSearchParams(location.search).keys()].map((key) => [key, undefined]));
    go({ ...nothing, run: chosen });
  };
  return (
    <label class="run-choice">
      Run{' '}
      <select value={id} onChange={(event) => choose(event.currentTarget.value)}>
        {runs.map((run) => (
          <option key={run.id} value={run.id}>
            {`${run.id}${run.state === 'training' || run.state === 'paused' ? ` (${run.state})` : ''}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function ViewChoice({ run, view, go }: { readonly run: RunDetails; readonly view: View; readonly go: Go }) {
  return (
    <nav aria-label="Views">
      {viewsOf(run).map((name) => (
        <a
          key={name}
          href={`?${new URLSearchParams({ run: run.id, view: name })}`}
          aria-current={name === view ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            go({ view: name, run: run.id });
          }}
        >
          {VIEWS[name]}
        </a>
      ))}
    </nav>
  );
}

function NoRuns() {
  return (
    <p>
      There are no runs here yet. Begin one with <code>polygan train</code>; it appears here by itself.
    </p>
  );
}

function viewsOf(run: RunDetails): View[] {
  return [
    ...(run.state === 'begun' && run.previews.length === 0 ? [] : (['watch'] as const)),
    ...(run.modelStep === undefined ? [] : (['explore'] as const)),
    ...(run.modality === 'multimodal' && run.modelStep !== undefined ? (['translate'] as const) : []),
  ];
}

/** What was asked for, or what there is most to see of: a training that goes on, else the model. */
function viewOf(run: RunDetails, { view }: Place): View {
  const views = viewsOf(run);
  const asked = views.find((name) => name === view);
  if (asked) return asked;
  const isGoing = run.state === 'training' || run.state === 'paused';
  return (!isGoing && views.find((name) => name === 'explore')) || 'watch';
}

function useRuns(): readonly [readonly RunSummary[] | undefined, string | undefined] {
  const [runs, setRuns] = useState<readonly RunSummary[]>();
  const [error, setError] = useState<string>();
  useEffect(
    () =>
      repeatedly(async () => {
        try {
          setRuns(await askRuns());
          setError(undefined);
        } catch (failure) {
          setError((failure as Error).message);
        }
      }),
    [],
  );
  return [runs, error];
}

/** The run that is open; the same object for as long as nothing of it changes. */
function useRun(id: string | undefined): RunDetails | undefined {
  const [run, setRun] = useState<RunDetails>();
  useEffect(() => {
    if (id === undefined) return undefined;
    let known = '';
    return repeatedly(async () => {
      // Where it is gone, the list says so.
      const next = await askRun(id).catch(() => undefined);
      const text = JSON.stringify(next);
      if (!next || text === known) return;
      known = text;
      setRun(next);
    });
  }, [id]);
  return run;
}

/** Does something now and again and again, until it is told not to. */
function repeatedly(work: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const once = async () => {
    await work();
    if (!isOver) timer = setTimeout(once, LOOK_EVERY);
  };
  once();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
