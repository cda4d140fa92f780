// The page's own title, set by the part that is on view; the tab shows it with the unread messages.
class PageTitle {
  text = $state('Pastille');
}

export const pageTitle = new PageTitle();
