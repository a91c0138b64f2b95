import type { TrainReport } from '@polygan/core';
import type { RunDetails, RunSummary } from '../run-summary.js';

/** All runs, the newest first. */
export const askRuns = () => ask<readonly RunSummary[]>('/api/runs');

/** All of a run that the page must know. */
export const askRun = (id: string) => ask<RunDetails>(`/api/runs/${encodeURIComponent(id)}`);

/** The reports of a run after a step. */
export const askReports = (id: string, after: number) =>
  ask<readonly TrainReport[]>(`/api/runs/${encodeURIComponent(id)}/reports?after=${after}`);

/** Asks a training to do something. */
export const askTraining = (id: string, request: 'pause' | 'resume' | 'stop') =>
  ask<object>(`/api/runs/${encodeURIComponent(id)}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request }),
  });

/** Where a file of a run is found. */
export function fileOf(id: string, name: string): string {
  return `/api/runs/${encodeURIComponent(id)}/files/${name}`;
}

async function ask<T>(address: string, options?: RequestInit): Promise<T> {
  const response = await fetch(address, options).catch(() => {
    throw new Error('The studio does not answer any more. Start it again: polygan studio');
  });
  if (!response.ok) throw new Error((await response.text()).trim());
  return (await response.json()) as T;
}
