import type { DrawingModel, DrawingSpace } from '../engine/drawing-model.js';
import type { Go, Place } from '../place.js';
import type { Drawing } from './drawing.js';

/** What each way to explore is given. */
export interface ViewProps {
  readonly model: DrawingModel;
  readonly drawing: Drawing;
  readonly place: Place;
  readonly go: Go;
}

/** What ways through a latent space are given. */
export interface SpaceProps extends ViewProps {
  readonly space: DrawingSpace;
}
