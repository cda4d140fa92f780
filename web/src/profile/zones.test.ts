import { describe, expect, it } from 'vitest';
import { presentName } from '../i18n/zone_names';
import { findZones, offsetName, zonesOf } from './zones';

const zones = zonesOf(
  ['Europe/Paris', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Asia/Tokyo'],
  ['UTC', 'Europe/Paris', 'Mars/Olympus'],
);
const named = (id: string) => (id === 'Asia/Tokyo' ? 'heure normale du Japon' : '');
const ids = (query: string) => findZones(zones, query, named).map((each) => each.id);

describe('the zones one can choose', () => {
  it('have what is needed once, and nothing that the browser cannot show', () => {
    expect(zones.map((each) => each.id)).toEqual([
      'America/Argentina/Buenos_Aires',
      'Europe/Paris',
      'America/Port-au-Prince',
      'Asia/Tokyo',
      'UTC',
    ]);
    expect(zones[0]).toMatchObject({ place: 'Buenos Aires', region: 'America, Argentina' });
  });
  it('are found by every word, without case and accents', () => {
    expect(ids('')).toHaveLength(5);
    expect(ids('PÁRIS')).toEqual(['Europe/Paris']);
    expect(ids('buenos arg')).toEqual(['America/Argentina/Buenos_Aires']);
    expect(ids('europe/paris')).toEqual(['Europe/Paris']);
    expect(ids('paris tokyo')).toEqual([]);
  });
  it('are found by what their time is called', () => {
    expect(ids('japon')).toEqual(['Asia/Tokyo']);
  });
  it('put places first that begin with the word', () => {
    expect(
      findZones(zonesOf(['America/Port-au-Prince', 'Asia/Pyongyang', 'Europe/Paris'], []), 'p', () => '').map(
        (each) => each.place,
      )[0],
    ).toBe('Paris');
    expect(
      findZones(zonesOf(['Africa/Asmara', 'Asia/Aden', 'Asia/Tokyo'], []), 'as', () => '').map((each) => each.place),
    ).toEqual(['Asmara', 'Aden', 'Tokyo']);
  });
  it('are called as they are now, and found by what they were called', () => {
    const renamed = zonesOf(['Asia/Calcutta', 'Europe/Kiev', 'America/Buenos_Aires'], ['Asia/Kolkata', 'Europe/Kiev']);
    expect(renamed.map((each) => each.id)).toEqual(['America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Europe/Kyiv']);
    for (const query of ['kolkata', 'Calcutta', 'asia/calcutta'])
      expect(findZones(renamed, query, () => '').map((each) => each.place)).toEqual(['Kolkata']);
    for (const query of ['Kyiv', 'kiev'])
      expect(findZones(renamed, query, () => '').map((each) => each.place)).toEqual(['Kyiv']);
    expect(['Europe/Kiev', 'Europe/Paris', 'constructor'].map(presentName)).toEqual([
      'Europe/Kyiv',
      'Europe/Paris',
      'constructor',
    ]);
  });
  it('say how their clocks stand', () => {
    const winter = new Date('2026-01-15T12:00:00Z');
    expect(offsetName('Europe/Paris', winter)).toBe('UTC+1');
    expect(offsetName('America/St_Johns', winter)).toBe('UTC\u22123:30');
    expect(offsetName('UTC', winter)).toBe('UTC+0');
  });
});
