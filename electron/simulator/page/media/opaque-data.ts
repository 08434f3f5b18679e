/** Bytes with a type, as the module WAWebMediaOpaqueData wraps them. */
export class OpaqueData {
  readonly #blob: Blob;
  #url: string | undefined;

  private constructor(blob: Blob) {
    this.#blob = blob;
  }

  static async createFromData(data: BlobPart, mimetype?: string): Promise<OpaqueData> {
    const blob = data instanceof Blob ? data : new Blob([data], { type: mimetype ?? '' });
    const typed = mimetype === undefined || blob.type === mimetype || blob instanceof File;
    return new OpaqueData(typed ? blob : new Blob([blob], { type: mimetype }));
  }

  get type(): string {
    return this.#blob.type;
  }

  get size(): number {
    return this.#blob.size;
  }

  get filename(): string | undefined {
    return this.#blob instanceof File ? this.#blob.name : undefined;
  }

  blob(): Blob {
    return this.#blob;
  }

  formData(): Blob {
    return this.#blob;
  }

  url(): string {
    this.#url ??= URL.createObjectURL(this.#blob);
    return this.#url;
  }

  autorelease(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}
