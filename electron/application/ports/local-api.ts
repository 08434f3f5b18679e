/** Where the local API listens, and why it does not although it is switched on. */
export interface LocalApiState {
  /** e.g. `http://127.0.0.1:8080` */
  readonly address: string | undefined;
  readonly problem: string | undefined;
}
