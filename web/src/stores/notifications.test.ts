import { expect, it } from 'vitest';
import { notificationOf } from './notifications';

const message = { id: 'm1', conversation: 'c4', from: 'u2', text: 'Do you have a moment?', at: '2026-11-23T12:00:00Z' };

it('shows who wrote what', () => {
  expect(notificationOf(message, 'u1', true, 'Li Na')).toEqual({
    title: 'Li Na',
    body: 'Do you have a moment?',
    conversation: 'c4',
  });
});
it('keeps quiet while the page is in sight', () => {
  expect(notificationOf(message, 'u1', false, 'Li Na')).toBeNull();
});
it('keeps quiet of what one wrote oneself, elsewhere', () => {
  expect(notificationOf(message, 'u2', true, 'Li Na')).toBeNull();
});
it('cuts a long text between characters', () => {
  const long = notificationOf({ ...message, text: '😀'.repeat(300) }, 'u1', true, 'Li Na');
  expect([...(long?.body ?? '')]).toHaveLength(200);
  expect(long?.body.endsWith('😀…')).toBe(true);
});
