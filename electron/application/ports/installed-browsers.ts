/** The browsers that are installed on this computer. */
export interface InstalledBrowsers {
  /** Why the program at this path cannot be an account's browser, in words that follow the path; undefined when it can. */
  problemWith(path: string): Promise<string | undefined>;
}
