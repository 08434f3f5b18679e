import type { WebhookCall, WebhookReply, WebhookSender } from '../../electron/application/ports/webhook-sender';

/** Receivers of webhooks by address, whose answers a test writes; without one everything is taken with 204. */
export interface WebhookReceivers extends WebhookSender {
  readonly calls: WebhookCall[];
  /** Ids of what an address was told, attempts included. */
  idsAt(url: string): readonly string[];
  /** What an address answers from now on: a status, a reply, or `never`. */
  answers(url: string, answer: number | WebhookReply | 'never' | ((call: WebhookCall) => number)): void;
}

export const createWebhookReceivers = (): WebhookReceivers => {
  const calls: WebhookCall[] = [];
  const answers = new Map<string, Parameters<WebhookReceivers['answers']>[1]>();
  return {
    calls,
    idsAt: (url) => calls.filter((call) => call.url === url).map(({ id }) => id),
    answers: (url, answer) => void answers.set(url, answer),
    problemWith: (url, reach) =>
      url.includes('127.0.0.1') && reach === 'internet' ? 'is not an address on the internet' : undefined,
    send(call) {
      calls.push(call);
      const given = answers.get(call.url) ?? 204;
      const answer = typeof given === 'function' ? given(call) : given;
      const { promise, resolve } = Promise.withResolvers<WebhookReply>();
      if (typeof answer === 'number') resolve({ kind: 'answered', status: answer, retryAfterMs: undefined });
      else if (answer !== 'never') resolve(answer);
      return { reply: promise, end: () => resolve({ kind: 'unanswered', problem: 'it was broken off' }) };
    },
  };
};
