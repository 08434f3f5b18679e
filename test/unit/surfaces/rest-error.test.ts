import { describe, expect, it } from 'vitest';
import { failure, withSession } from '../../../electron/surfaces/rest/rest-error';

const said = (message: string, sessionId: string | undefined): string =>
  withSession(failure('VALIDATION_ERROR', message), sessionId).error.message;

describe('an error', () => {
  it.each([
    ['The form cannot be read.', 'a', 'Session a: The form cannot be read.'],
    ['This console already has 2 accounts.', 'the', 'Session the: This console already has 2 accounts.'],
    ['Session shopping has no proxy.', 'shop', 'Session shop: Session shopping has no proxy.'],
    ['a-b: there is no chat.', 'a', 'Session a: a-b: there is no chat.'],
  ])('names its session also when the id is a part of its words: %s', (message, sessionId, expected) => {
    expect(said(message, sessionId)).toBe(expected);
  });

  it.each([
    ['Shop: there is no chat 1@c.us', 'shop'],
    ['Account “Shop” is stopped. Start it first.', 'shop'],
    ['There is no session Shop_1; GET /api/v1/sessions lists those there are.', 'shop_1'],
    ['This API key may not use session shop.', 'shop'],
    ['Too many calls; wait 41 s.', undefined],
  ])('does not name it twice: %s', (message, sessionId) => {
    expect(said(message, sessionId)).toBe(message);
  });
});
