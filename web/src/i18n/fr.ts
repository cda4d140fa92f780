// Français. Every key of en.ts, checked by the compiler and by catalogue.test.ts.
import type { Key } from './en';
import type { Plural } from './translate';

export const fr: Readonly<Record<Key, string | Plural>> = {
  'sign-in.title': 'Se connecter à Pastille',
  'sign-in.lead': 'Dites à vos collègues si vous êtes disponible.',
  'sign-in.login': 'Identifiant',
  'sign-in.password': 'Mot de passe',
  'sign-in.submit': 'Se connecter',
  'sign-in.busy': 'Un instant…',
  'sign-in.ended': 'Votre session a pris fin. Reconnectez-vous pour continuer.',
  'sign-in.signed-out': 'Vous êtes déconnecté. Vos collègues vous voient Hors ligne.',
  'invitation.title': 'Bienvenue, {name}',
  'invitation.first-title': 'Installer Pastille',
  'invitation.lead': 'Choisissez un mot de passe pour {login}. Ce lien ne sert qu’une fois.',
  'invitation.first-lead': 'Vous êtes le premier administrateur. Ce lien ne sert qu’une fois.',
  'invitation.display-name': 'Votre nom, tel que vos collègues le voient',
  'invitation.password-hint': '8 caractères ou plus. Quelques mots sont faciles à retenir et difficiles à deviner.',
  'invitation.submit': 'Enregistrer le mot de passe et se connecter',
  'invitation.gone': 'Ce lien a déjà servi ou a expiré. Demandez-en un nouveau à un administrateur.',
  'problem.wrong-credentials': 'Identifiant ou mot de passe incorrect.',
  'problem.too-many': 'Trop de tentatives. Attendez quelques minutes avant de réessayer.',
  'problem.unavailable': 'Le serveur est injoignable. Rien n’a été modifié ; réessayez dans un instant.',
  'problem.stale': 'Le serveur ne peut rien enregistrer pour le moment. Rien n’a été modifié ; réessayez dans un instant.',
  'problem.not-signed-in': 'Votre session a pris fin. Reconnectez-vous.',
  'problem.permission-missing': 'Votre rôle n’a pas le droit « {permission} ».',
  'problem.own-status-only': 'Un statut appartient à la personne qui l’affiche. Elle seule peut le changer.',
  'problem.name-taken': 'Ce nom est déjà pris. Choisissez-en un autre.',
  'problem.login-taken': 'Cet identifiant est déjà pris. Choisissez-en un autre.',
  'problem.last-administrator': 'Il faut toujours un administrateur. Donnez d’abord ce rôle à une autre personne.',
  'problem.role-in-use': 'Des personnes ont encore ce rôle. Donnez-leur d’abord un autre rôle.',
  'problem.stale-version': 'Quelqu’un d’autre a modifié ceci entre-temps.',
  'problem.limit-reached': 'Le maximum possible est atteint.',
  'problem.not-found': 'Ceci n’existe plus.',
  'problem.other': 'Cela n’a pas fonctionné.',
  // -- types
  'type.connected': 'Connecté',
  'type.absent': 'Absent',
  'type.busy': 'Occupé',
  'type.in_a_call': 'En appel',
  'type.offline': 'Hors ligne',

  // -- words on many pages
  'action.close': 'Fermer',
  'action.cancel': 'Annuler',
  'action.save': 'Enregistrer',

  // -- the Banner: its frame, one's own name and menu, Home
  'banner.tabs': 'Bandeau',
  'banner.home': 'Accueil',
  'banner.conversations': 'Conversations',
  'banner.to-small': 'Petit bandeau',
  'banner.to-full': 'Grand bandeau',
  'banner.part-missing': 'Cette partie n’a pas pu être chargée.',
  'banner.reload': 'Recharger la page',
  'own.open': 'Votre statut',
  'own.connecting': 'Connexion…',
  'own.until': 'jusqu’à {time}',
  'own.search': 'Trouver un statut',
  'own.statuses': 'Statut',
  'own.none': 'Aucun statut ne correspond à « {query} ».',
  'own.note': 'Note',
  'own.note-placeholder': 'Ce que vos collègues doivent savoir',
  'own.note-length': '{used} caractères sur {most}',
  'own.note-long': 'Une note compte {most} caractères au plus.',
  'own.clear-after': 'Effacer après',
  'own.clear.default': 'Selon le statut',
  'own.clear.default-is': 'Selon le statut : {duration}',
  'own.clear.never': 'Jamais',
  'own.clear.15min': '15 min',
  'own.clear.30min': '30 min',
  'own.clear.1h': '1 heure',
  'own.clear.today': 'Aujourd’hui',
  'own.clear.time': 'Choisir l’heure',
  'own.pick-time': 'Date et heure',
  'own.time-wrong': 'Choisissez une heure à venir, d’ici un an.',
  'own.ends': '{status}, jusqu’à {time}',
  'own.endless': '{status}, jusqu’à ce que vous en changiez',
  'own.save': 'Enregistrer',
  'own.show': 'Afficher « {status} »',
  'own.now': 'Vous êtes maintenant : {status}.',
  'own.now-until': 'Vous êtes maintenant : {status}, jusqu’à {time}.',
  'own.profile': 'Mon profil',
  'own.history': 'Mon historique',
  'own.maker': 'Maker',
  'own.banner': 'Bandeau',
  'own.theme': 'Apparence',
  'own.theme.auto': 'Système',
  'own.theme.light': 'Clair',
  'own.theme.dark': 'Sombre',
  'own.sign-out': 'Se déconnecter',
  'own.ended': '{status} : c’est terminé, vous êtes {now}.',
  'own.deleted': '{status} a été supprimé, vous apparaissez comme {now}.',
  'own.more': '15 min de plus',
  'own.choose': 'Choisir un autre',
  'connection.lost': 'Reconnexion…',
  'connection.lost-hint': 'Vous voyez le dernier état connu.',
  'connection.lost-short': 'Nouvel essai…',
  'connection.stale': 'Le serveur ne peut rien enregistrer pour le moment ; vous voyez le dernier état connu.',
  'connection.stale-short': 'Dernier état connu',
  'home.title': 'Mon statut',
  'home.by-arrows': 'Appuyez sur Entrée pour l’afficher à vos collègues.',
  'home.colleagues': 'En ce moment',

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
};
