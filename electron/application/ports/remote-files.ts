/** A file fetched from the web. */
export interface RemoteFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string | undefined;
  readonly filename: string | undefined;
}

export interface RemoteFiles {
  /**
   * Fetches a file by http or https. Addresses of this computer and of private networks are refused at the moment of
   * connecting, whatever name led there and however often it was redirected. Rejects with REMOTE_FILE_REFUSED or
   * REMOTE_FILE_UNAVAILABLE.
   */
  fetch(url: string, maxBytes: number): Promise<RemoteFile>;
}
