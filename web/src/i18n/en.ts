// English: the source of all texts. A key says where its text stands.
import type { Catalogue } from './translate';

export const en = {
  'sign-in.title': 'Sign in to Pastille',
  'sign-in.lead': 'Tell your colleagues how available you are.',
  'sign-in.login': 'Login',
  'sign-in.password': 'Password',
  'sign-in.submit': 'Sign in',
  'sign-in.busy': 'One moment…',
  'sign-in.ended': 'Your session has ended. Sign in again to go on.',
  'sign-in.signed-out': 'You are signed out. Your colleagues see you as Offline.',
  'invitation.title': 'Welcome, {name}',
  'invitation.first-title': 'Set up Pastille',
  'invitation.lead': 'Choose a password for {login}. This link works once.',
  'invitation.first-lead': 'You are the first administrator. This link works once.',
  'invitation.display-name': 'Your name, as colleagues see it',
  'invitation.password-hint': '8 characters or more. A few words are easy to remember and hard to guess.',
  'invitation.submit': 'Set password and sign in',
  'invitation.gone': 'This link has been used or has run out. Ask an administrator for a new one.',
  'problem.wrong-credentials': 'Login or password is wrong.',
  'problem.too-many': 'Too many attempts. Wait a few minutes and try again.',
  'problem.unavailable': 'The server cannot be reached. Nothing was changed; try again in a moment.',
  'problem.stale': 'The server cannot save right now. Nothing was changed; try again in a moment.',
  'problem.not-signed-in': 'Your session has ended. Sign in again.',
  'problem.permission-missing': 'Your role does not have the permission “{permission}”.',
  'problem.own-status-only': 'A status belongs to the person who shows it. Only they can change it.',
  'problem.name-taken': 'This name is taken. Choose another.',
  'problem.login-taken': 'This login is taken. Choose another.',
  'problem.last-administrator': 'Somebody must stay administrator. Give the role to another person first.',
  'problem.role-in-use': 'People still hold this role. Give them another one first.',
  'problem.stale-version': 'Somebody else has changed this meanwhile.',
  'problem.limit-reached': 'The most that is possible has been reached.',
  'problem.not-found': 'This is not here any more.',
  'problem.other': 'That did not work.',
  // -- types
  'type.connected': 'Connected',
  'type.absent': 'Absent',
  'type.busy': 'Busy',
  'type.in_a_call': 'In a call',
  'type.offline': 'Offline',

  // -- words on many pages
  'action.close': 'Close',
  'action.cancel': 'Cancel',
  'action.save': 'Save',

  // -- the Banner: its frame, one's own name and menu, Home
  'banner.tabs': 'Banner',
  'banner.home': 'Home',
  'banner.conversations': 'Conversations',
  'banner.to-small': 'Small banner',
  'banner.to-full': 'Full banner',
  'banner.part-missing': 'This part could not be loaded.',
  'banner.reload': 'Reload the page',
  'own.open': 'Your status',
  'own.connecting': 'Connecting…',
  'own.until': 'until {time}',
  'own.search': 'Find a status',
  'own.statuses': 'Status',
  'own.none': 'No status matches “{query}”.',
  'own.note': 'Note',
  'own.note-placeholder': 'What colleagues should know',
  'own.note-length': '{used} of {most} characters',
  'own.note-long': 'A note has at most {most} characters.',
  'own.clear-after': 'Clear after',
  'own.clear.default': 'As the status says',
  'own.clear.default-is': 'As the status says: {duration}',
  'own.clear.never': 'Never',
  'own.clear.15min': '15 min',
  'own.clear.30min': '30 min',
  'own.clear.1h': '1 hour',
  'own.clear.today': 'Today',
  'own.clear.time': 'Pick a time',
  'own.pick-time': 'Date and time',
  'own.time-wrong': 'Pick a time that is still to come, within a year.',
  'own.ends': '{status}, until {time}',
  'own.endless': '{status}, until you change it',
  'own.save': 'Save',
  'own.show': 'Show “{status}”',
  'own.now': 'You are now {status}.',
  'own.now-until': 'You are now {status}, until {time}.',
  'own.profile': 'My profile',
  'own.history': 'My history',
  'own.maker': 'Maker',
  'own.banner': 'Banner',
  'own.theme': 'Appearance',
  'own.theme.auto': 'System',
  'own.theme.light': 'Light',
  'own.theme.dark': 'Dark',
  'own.sign-out': 'Sign out',
  'own.ended': '{status} has ended, you are {now}.',
  'own.deleted': '{status} was deleted, you are shown as {now}.',
  'own.more': '15 min more',
  'own.choose': 'Choose another',
  'connection.lost': 'Reconnecting…',
  'connection.lost-hint': 'What you see is the last known.',
  'connection.lost-short': 'Trying again…',
  'connection.stale': 'The server cannot save right now; what you see is the last known.',
  'connection.stale-short': 'Last known',
  'home.title': 'My status',
  'home.by-arrows': 'Press Enter to show it to your colleagues.',
  'home.colleagues': 'Right now',

  // -- the Banner: colleagues, conversations, a conversation

  // -- the Banner: profile, own history

  // -- the Maker: its frame
  'maker.title': 'Maker',

  // -- the Maker: statuses

  // -- the Maker: users

  // -- the Maker: teams

  // -- the Maker: roles

  // -- the Maker: audit

  // -- installing, offline, notifications
} as const satisfies Catalogue;

export type Key = keyof typeof en;
