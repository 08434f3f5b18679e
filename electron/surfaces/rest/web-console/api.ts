/** What the API refused, or that it did not answer. `message` is for the person. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** 0: nobody answered. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Calls the API at this page's own address. */
export interface Api {
  get<Data>(path: string): Promise<Data>;
  post<Data>(path: string, body?: unknown, idempotencyKey?: string): Promise<Data>;
  remove(path: string): Promise<void>;
  /** The stream of events after one of them, or from now on. Rejects when it cannot be had. */
  events(lastEventId: string | undefined, topics: readonly string[], gone: AbortSignal): Promise<Response>;
}

/** `data` of the envelope, as the call's description has it. */
interface Envelope {
  readonly success?: boolean;
  readonly data?: unknown;
  readonly error?: { readonly code?: string; readonly message?: string };
}

const noAnswer = (): ApiError => new ApiError(0, 'NO_ANSWER', 'Switchboard does not answer at this address.');

const refusal = async (response: Response): Promise<ApiError> => {
  const { error } = (await response.json().catch(() => ({}))) as Envelope;
  return new ApiError(
    response.status,
    error?.code ?? 'UNKNOWN',
    error?.message ?? `The call was answered with ${response.status}.`,
  );
};

/** @param key Undefined where the server was started without keys. It goes nowhere but into the header of these calls. */
export const createApi = (key: string | undefined): Api => {
  const headers = (more: Readonly<Record<string, string>>): Record<string, string> => ({
    ...(key === undefined ? {} : { 'X-API-Key': key }),
    ...more,
  });

  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(`/api/v1${path}`, { ...init, cache: 'no-store', credentials: 'omit', redirect: 'error' });
    } catch {
      throw noAnswer();
    }
    if (!response.ok) throw await refusal(response);
    return response;
  };

  const dataOf = async <Data>(response: Response): Promise<Data> => ((await response.json()) as Envelope).data as Data;

  return {
    get: async (path) => dataOf(await ask(path, { headers: headers({}) })),
    post: async (path, body = {}, idempotencyKey?: string) =>
      dataOf(
        await ask(path, {
          method: 'POST',
          headers: headers({
            'Content-Type': 'application/json',
            ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
          }),
          body: JSON.stringify(body),
        }),
      ),
    remove: async (path) => void (await ask(path, { method: 'DELETE', headers: headers({}) })),
    events: (lastEventId, topics, gone) =>
      ask(`/events?topics=${topics.join(',')}`, {
        headers: headers(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
        signal: gone,
      }),
  };
};

/** The sentence to show for whatever was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof ApiError ? thrown.message : 'Something went wrong on this page. Load it again.';

/** A new key for one press of Send. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
