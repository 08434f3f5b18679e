import { describe, expect, it } from 'vitest';
import { type DeliveryStatus, deliveryStatusSchema } from '../../../electron/contract/entities/message';
import { isConfirmed, mergeDeliveryStatus } from '../../../electron/domain/delivery-status';

const all = deliveryStatusSchema.options;
const confirmed = ['sent', 'delivered', 'read', 'played'] as const;

describe('the delivery status of an own message', () => {
  it('never goes back to anything less confirmed, for every pair', () => {
    const rank = (status: DeliveryStatus): number => (confirmed as readonly string[]).indexOf(status) + 1;
    for (const current of all) {
      for (const observed of all) {
        const merged = mergeDeliveryStatus(current, observed);
        expect(rank(merged), `${current} + ${observed}`).toBe(Math.max(rank(current), rank(observed)));
      }
    }
  });

  it.each(confirmed)('is healed from failed and unknown by a real confirmation: %s', (observed) => {
    expect(mergeDeliveryStatus('failed', observed)).toBe(observed);
    expect(mergeDeliveryStatus('unknown', observed)).toBe(observed);
  });

  it('is not healed by a message that merely waits in the page', () => {
    expect(mergeDeliveryStatus('unknown', 'pending')).toBe('unknown');
    expect(mergeDeliveryStatus('failed', 'pending')).toBe('failed');
  });

  it('fails only while nothing was confirmed', () => {
    expect(mergeDeliveryStatus('pending', 'failed')).toBe('failed');
    expect(mergeDeliveryStatus('unknown', 'failed')).toBe('failed');
    for (const status of confirmed) expect(mergeDeliveryStatus(status, 'failed')).toBe(status);
  });

  it('becomes unknown only while it was waiting', () => {
    expect(mergeDeliveryStatus('pending', 'unknown')).toBe('unknown');
    expect(mergeDeliveryStatus('failed', 'unknown')).toBe('failed');
  });

  it('takes the first observation as it is', () => {
    for (const status of all) expect(mergeDeliveryStatus(undefined, status)).toBe(status);
  });

  it('counts as confirmed from sent on', () => {
    expect(all.filter(isConfirmed)).toEqual([...confirmed]);
  });
});
