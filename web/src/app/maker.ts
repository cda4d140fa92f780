// `/maker`: where people configure, with their own Banner beside it.
import { language, makerTexts } from '../i18n/language.svelte';
import MakerPage from './MakerPage.svelte';
import { start } from './start';

language.add(makerTexts);
await start(MakerPage);
