import type { Page } from 'playwright-core';

/** Where VS Code's own page for webviews lies, below what the server serves. */
const webviews = 'static/out/vs/workbench/contrib/webview/browser/pre/';

/** VS Code takes its page for webviews from a host on the internet: here it comes from its server, like everything else. */
export async function serveWebviews(page: Page, address: string): Promise<void> {
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const endpoint = new URL(webviews, address).toString();
    const body = html.replace(
      /data-settings="\{/,
      (begin) => `${begin}&quot;webviewEndpoint&quot;:&quot;${endpoint}&quot;,`,
    );
    await route.fulfill({ response, body });
  });
}
