// What a screen reader is told. Only what one did oneself: colleagues' changes stay silent.
class Announcements {
  text = $state('');

  say(text: string): void {
    // The same text twice is announced twice: a region is read when it changes.
    this.text = this.text === text ? `${text}\u00a0` : text;
  }
}

export const announcements = new Announcements();
