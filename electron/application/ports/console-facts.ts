/** What a support bundle says about this program and this computer. Fixed for one run. */
export interface ConsoleFacts {
  readonly version: string;
  /** Names and versions of what it is built on, e.g. `Electron` → `43.8.10`. */
  readonly builtOn: Readonly<Record<string, string>>;
  /** e.g. `linux x64 6.1` */
  readonly system: string;
}
