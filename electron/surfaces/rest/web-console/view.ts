import type { ConsoleState } from './console-state';

/** A part of the page: drawn once, then kept equal to the state. */
export interface View {
  readonly root: HTMLElement;
  update(state: ConsoleState): void;
}
