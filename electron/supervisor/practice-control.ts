import { z } from 'zod';
import { OperationError } from '../contract/errors';

/** Where the practice network listens and what opens it. The token stays in this process. */
export interface PracticeAddress {
  readonly port: number;
  readonly token: string;
}

const answerLimitMs = 10_000;

const phoneSchema = z.object({ number: z.string(), devices: z.array(z.unknown()) });
const scannedSchema = z.object({ phone: z.string() });
const refusalSchema = z.object({ error: z.string() });
const refusedByPhoneSchema = z.object({ refused: z.literal(true) });

const unavailable = (cause: unknown): OperationError =>
  new OperationError('PRACTICE_UNAVAILABLE', 'The practice network does not answer. Try again in a moment.', { cause });

const call = async (
  { port, token }: PracticeAddress,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: unknown }> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/control${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerLimitMs),
    });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    throw unavailable(cause);
  }
};

/** Whether this simulated phone exists and has no linked device. */
export const isPhoneFree = async (address: PracticeAddress, number: string): Promise<boolean> => {
  const answer = await call(address, 'GET', `/phones/${number}`);
  const phone = phoneSchema.safeParse(answer.body);
  return answer.status === 200 && phone.success && phone.data.devices.length === 0;
};

/** The phone with this number scans the code; answers with the number that linked. */
export const scanCode = async (
  address: PracticeAddress,
  scan: { readonly qr: string; readonly phone: string; readonly pushname: string },
): Promise<string> => {
  const answer = await call(address, 'POST', '/scans', scan);
  const scanned = scannedSchema.safeParse(answer.body);
  if (answer.status < 300 && scanned.success) return scanned.data.phone;
  const refusal = refusalSchema.safeParse(answer.body);
  const reason = refusal.success
    ? refusal.data.error
    : refusedByPhoneSchema.safeParse(answer.body).success
      ? 'the phone refused'
      : `status ${answer.status}`;
  throw new OperationError(
    'PRACTICE_REFUSED',
    `The simulated phone of account “${scan.pushname}” could not scan the code: ${reason}. Wait for the next code and try again.`,
  );
};
