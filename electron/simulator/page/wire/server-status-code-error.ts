/** The service said no. Callers look at the name, never at the class; the library turns it into `false`. */
export class ServerStatusCodeError extends Error {
  override readonly name = 'ServerStatusCodeError';
  readonly statusCode: number;

  constructor(statusCode: number, sentence: string) {
    super(sentence);
    this.statusCode = statusCode;
  }
}
