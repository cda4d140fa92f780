// `/banner`: the strip that an agent has open all day.
import BannerPage from './BannerPage.svelte';
import { start } from './start';

await start(BannerPage);
