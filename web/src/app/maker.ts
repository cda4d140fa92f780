// `/maker`: where people configure, with their own Banner beside it.
import MakerPage from './MakerPage.svelte';
import { start } from './start';

await start(MakerPage);
