/** A call that cannot be done as asked: an HTTP status and a sentence that says why and what to do. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.status = status;
  }
}
